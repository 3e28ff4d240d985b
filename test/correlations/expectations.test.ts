import { describe, expect, it } from 'vitest';

import type { ExpectationRule } from '../../src/correlations/expectation-rule.ts';
import { checkExpectations } from '../../src/correlations/expectations.ts';
import type { CorrelatedEvent } from '../../src/correlations/material.ts';
import { event, second } from './material.ts';

const rule: ExpectationRule = {
  name: 'stock answers',
  after: 'order.placed',
  where: {},
  expect: ['stock.reserved', 'stock.refused'],
  within: 30_000,
};

/** What became of each expectation, as `event status by`, so many seconds after the first event. */
function becameOf(events: readonly CorrelatedEvent[], now = 20, rules = [rule]): string[] {
  return checkExpectations(events, rules, Date.parse(second(now))).map(
    ({ event: position, status, by }) => `${position} ${status} ${by ?? '-'}`,
  );
}

const placed = event(1, 'order.placed');

describe('an expectation', () => {
  it('says what is expected after which event, and until when', () => {
    expect(checkExpectations([placed], [rule], Date.parse(second(20)))).toEqual([
      {
        rule: 'stock answers',
        event: 1,
        after: 'order.placed',
        expect: ['stock.reserved', 'stock.refused'],
        within: 30_000,
        status: 'awaited',
        by: null,
        deadline: second(31),
      },
    ]);
  });

  it.each([
    ['awaited until its deadline', [placed], 31, '1 awaited -'],
    ['overdue after it', [placed], 32, '1 overdue -'],
    ['met by any of its types', [placed, event(2, 'stock.refused')], 99, '1 met 2'],
    [
      'met by the first of several',
      [placed, event(2, 'stock.reserved'), event(3, 'stock.refused')],
      99,
      '1 met 2',
    ],
    ['met though late', [placed, event(60, 'stock.reserved')], 99, '1 met 60'],
    ['not met by what came before', [event(0, 'stock.reserved'), placed], 99, '1 overdue -'],
    ['not met by other types', [placed, event(2, 'stock.counted')], 99, '1 overdue -'],
    [
      'met by a reaction of another subject, for the key is the same',
      [placed, event(2, 'stock.reserved', { subject: 'line-1' })],
      99,
      '1 met 2',
    ],
  ])('is %s', (_name, ...[events, now, expected]) => {
    expect(becameOf(events, now)).toEqual([expected]);
  });

  it('is had of events only that have the attributes', () => {
    const events = [placed, event(2, 'order.placed', { id: 'b', style: 'choreography', retries: 2 })];
    const where = { style: 'choreography', retries: '2' };
    expect(becameOf(events, 20, [{ ...rule, where }])).toEqual(['2 awaited -']);
  });

  describe('where a rule applies to several events', () => {
    const lines = [1, 2].map((line) =>
      event(line, 'order.placed', { id: `p${line}`, subject: `line-${line}` }),
    );

    it('is met for the one that the reaction names as its cause', () => {
      expect(becameOf([...lines, event(3, 'stock.reserved', { causationid: 'p2' })])).toEqual([
        '1 awaited -',
        '2 met 3',
      ]);
    });

    it('else for the one of its subject', () => {
      expect(becameOf([...lines, event(3, 'stock.reserved', { subject: 'line-2' })])).toEqual([
        '1 awaited -',
        '2 met 3',
      ]);
    });

    it('else for all before it', () => {
      expect(becameOf([...lines, event(3, 'stock.reserved', { subject: 'other' })])).toEqual([
        '1 met 3',
        '2 met 3',
      ]);
    });
  });

  it('stands beside those of other rules, in the order of the events', () => {
    const rules = [{ ...rule, name: 'later', after: 'order.paid', expect: ['order.shipped'] }, rule];
    expect(becameOf([placed, event(5, 'order.paid')], 20, rules)).toEqual(['1 awaited -', '5 awaited -']);
  });
});
