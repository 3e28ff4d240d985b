import { describe, expect, it } from 'vitest';

import type { CloudEvent } from '../../src/core/cloud-event.ts';
import { type EventPattern, matchesPattern } from '../../src/core/event-pattern.ts';

const event: CloudEvent = {
  ...{ specversion: '1.0', id: '1', source: '/bank', type: 'paid', subject: 'A-17', urgent: true },
  data: { amount: 5, lines: [{ sku: 'tea', tags: [] }], note: null },
};

describe('a pattern of events', () => {
  it.each<[boolean, EventPattern]>([
    [true, { type: 'paid' }],
    [false, { type: 'refunded' }],
    [true, { type: 'paid', source: '/bank', subject: 'A-17', attributes: { urgent: 'true' } }],
    [false, { type: 'paid', source: '/other' }],
    [false, { type: 'paid', subject: 'B' }],
    [false, { type: 'paid', attributes: { urgent: false } }],
    [true, { type: 'paid', data: {} }],
    [true, { type: 'paid', data: { amount: 5 } }],
    [false, { type: 'paid', data: { amount: '5' } }],
    [false, { type: 'paid', data: { amount: 5, other: 1 } }],
    [true, { type: 'paid', data: { note: null } }],
    [false, { type: 'paid', data: { missing: null } }],
    [true, { type: 'paid', data: { lines: [{ tags: [], sku: 'tea' }] } }],
    [false, { type: 'paid', data: { lines: [{ sku: 'tea' }] } }],
    [false, { type: 'paid', data: { lines: { 0: { sku: 'tea', tags: [] } } } }],
    [false, { type: 'paid', data: { toString: null } }],
  ])('fits: %s, for %j', (fits, pattern) => {
    expect(matchesPattern(pattern, event)).toBe(fits);
  });

  it.each([undefined, null, 'text', [1]])('with members of data fits no event whose data is %j', (data) => {
    const other = { ...event, ...(data === undefined ? {} : { data }) };
    expect(matchesPattern({ type: 'paid', data: { x: 1 } }, other)).toBe(false);
  });
});
