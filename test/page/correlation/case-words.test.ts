import { describe, expect, it } from 'vitest';

import type { Expectation } from '../../../src/correlations/expectations.ts';
import {
  awaitedText,
  entryTitle,
  metText,
  overdueText,
  unseenTexts,
} from '../../../src/page/correlation/case-words.ts';

const deadline = '2026-03-12T10:00:30.000Z';
const expectation: Expectation = {
  ...{ rule: 'pays', event: 1, after: 'stock.reserved', within: 30_000, by: null, deadline },
  expect: ['payment.authorised', 'payment.refused'],
  status: 'overdue',
};
const seconds = (after: number): number => Date.parse(deadline) + after * 1_000;

describe('a reaction that did not come', () => {
  it.each([
    [['a'], 'a'],
    [['a', 'b'], 'a or b'],
    [['a', 'b', 'c'], 'a, b or c'],
  ])('%j is one sentence', (expect_, names) => {
    expect(overdueText({ ...expectation, expect: expect_ }, seconds(65))).toBe(
      `${names} was expected within 30 s after stock.reserved, and has not come (1 min 05 s late)`,
    );
  });

  it.each([
    [1_500, '1.5 s'],
    [60_000, '1 min'],
    [90_000, '1 min 30 s'],
    [7_200_000, '2 h'],
  ])('names its limit of %i ms as a rule would', (within, words) => {
    expect(overdueText({ ...expectation, within }, seconds(1))).toContain(`within ${words} after`);
  });

  it.each([
    [-5, 'due in 5 s'],
    [3, 'due now'],
  ])('may be still in time, %i s after the deadline by the clock of the browser', (after, due) => {
    expect(awaitedText(expectation, seconds(after))).toBe(
      `payment.authorised or payment.refused is expected after stock.reserved, ${due}`,
    );
  });
});

describe('the expected reactions of a case', () => {
  const met = { ...expectation, status: 'met' } as const;
  it.each([
    [[], null],
    [[met], 'The one expected reaction came.'],
    [[met, met], 'All 2 expected reactions came.'],
    [[met, expectation], '1 of 2 expected reactions came.'],
  ])('are counted in words', (expectations, words) => {
    expect(metText(expectations)).toBe(words);
  });
});

describe('what of a case is shown', () => {
  it('needs no words where it is all', () => {
    expect(unseenTexts({ events: 'all', runs: 'all' })).toEqual([]);
  });

  it.each([
    [{ events: 'cut', runs: 'cut' }, [/only the latest/, /more runs/]],
    [{ events: 'away', runs: 'all' }, [/^PostgreSQL does not answer/]],
    [{ events: 'off', runs: 'all' }, [/no event log/]],
    [{ events: 'all', runs: 'away' }, [/^Temporal does not answer/]],
  ] as const)('says of %j what is missing', (seen, texts) => {
    expect(unseenTexts(seen)).toEqual(texts.map((text) => expect.stringMatching(text) as string));
  });

  it.each([
    ['event', 'order.placed'],
    ['run-started', 'ship-order started'],
    ['run-ended', 'ship-order failed'],
  ] as const)('names what happened: %s', (kind, title) => {
    const of = { at: deadline, node: 'n' };
    const entry =
      kind === 'event'
        ? { ...of, kind, position: 1, id: 'e', source: '/shop', type: 'order.placed', subject: null }
        : { ...of, kind, run: 'r', process: 'ship-order', status: 'failed' as const };
    expect(entryTitle(entry)).toBe(title);
  });
});
