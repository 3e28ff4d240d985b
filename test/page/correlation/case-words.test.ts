import { describe, expect, it } from 'vitest';

import type { CorrelatedDelivery } from '../../../src/correlations/material.ts';
import type { Expectation } from '../../../src/correlations/expectations.ts';
import {
  awaitedText,
  entryTitle,
  metText,
  overdueText,
  parkedText,
  retriedText,
  unseenTexts,
  waitingTexts,
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

describe('an event that is not delivered', () => {
  const parked: CorrelatedDelivery = {
    ...{ subscription: 'shipping', position: 7, state: 'parked', attempts: 1, nextAttemptAt: null },
    error: { message: 'the sink answered 422', status: 422 },
  };

  it.each([
    [{}, 'the sink answered 422'],
    [{ attempts: 3 }, 'the sink answered 422 (3 attempts)'],
    [{ error: { message: 'the sink answered 422', body: 'no' } }, 'the sink answered 422: no'],
    [{ error: { message: 'm', body: '{"detail":"no such customer"}' } }, 'm: no such customer'],
    [{ error: { message: 'm', body: '{"detail":"no su' } }, 'm: {"detail":"no su'],
    [{ error: null }, 'it was given up'],
  ])('says why it waits for a person: %j', (is, why) => {
    const words = 'It and what comes behind it of its subject wait for a person: ';
    expect(parkedText({ ...parked, ...is }, { hasSubject: true })).toBe(words + why);
  });

  it('waits alone where it has no subject', () => {
    expect(parkedText(parked, { hasSubject: false })).toBe('It waits for a person: the sink answered 422');
  });

  it('says of what waits behind it in one line for each subscription', () => {
    const waiting = (subscription: string, position: number): CorrelatedDelivery => ({
      ...{ subscription, position, state: 'waiting', attempts: 0, nextAttemptAt: null, error: null },
    });
    const all = [parked, waiting('shipping', 8), waiting('shipping', 9), waiting('payment', 8)];
    expect(waitingTexts(all, (position) => `type ${position}`)).toEqual([
      'shipping gets 2 further events when it has taken what came before of the same subject.',
      'payment gets type 8 when it has taken what came before of the same subject.',
    ]);
    expect(waitingTexts([parked], String)).toEqual([]);
  });

  it('says when it is tried again', () => {
    const context = { type: 'paid', now: seconds(-4) };
    const retrying = { ...parked, state: 'retrying', attempts: 2, nextAttemptAt: deadline } as const;
    expect(retriedText(retrying, context)).toBe(
      'shipping has not taken paid yet: the sink answered 422. Attempt 3, in 4 s.',
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
