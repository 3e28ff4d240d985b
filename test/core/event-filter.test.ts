import { describe, expect, it } from 'vitest';

import { type EventFilter, matchesFilter } from '../../src/core/event-filter.ts';

const event = {
  specversion: '1.0',
  id: '1',
  source: '/shop',
  type: 'order.placed',
  subject: '4711',
  style: 'hybrid',
  urgent: true,
  data: 'x',
} as const;

const fitting: EventFilter[] = [
  {},
  { types: ['order.placed'] },
  { types: ['order.shipped', 'order.placed'] },
  { source: '/shop', subject: '4711' },
  { attributes: { style: 'hybrid', urgent: true } },
  { attributes: { urgent: 'true' } },
  { attributes: { type: 'order.placed' } },
];

const unfit: EventFilter[] = [
  { types: [] },
  { types: ['order.shipped'] },
  { source: '/sho' },
  { types: ['order.placed'], subject: '4712' },
  { attributes: { style: 'choreography' } },
  { attributes: { unknown: 'undefined' } },
  { attributes: { data: 'x' } },
  { attributes: { toString: 'x' } },
];

describe('a filter', () => {
  it.each(fitting)('fits with %j', (filter) => {
    expect(matchesFilter(filter, event)).toBe(true);
  });

  it.each(unfit)('does not fit with %j', (filter) => {
    expect(matchesFilter(filter, event)).toBe(false);
  });
});
