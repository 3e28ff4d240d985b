import { describe, expect, it } from 'vitest';

import type { SubscriptionResource } from '../../src/core/subscription-resource.ts';
import { filterText, lagText, parkedFirst, targetText } from '../../src/core/subscription-words.ts';

describe('a subscription in words', () => {
  it.each([
    [{}, 'every event'],
    [{ types: ['a'] }, 'a'],
    [{ types: ['a', 'b'], source: '/shop' }, 'a or b from /shop'],
    [{ subject: '4711' }, 'every event of 4711'],
    [
      {
        types: ['a'],
        subject: '4711',
        source: '/shop',
        attributes: { tenant: 'acme', test: false, level: 3 },
      },
      'a of 4711 from /shop with tenant acme and test false and level 3',
    ],
  ])('says of the filter %j what is heard', (filter, words) => {
    expect(filterText(filter)).toBe(words);
  });

  it.each([
    [{ http: { url: 'http://127.0.0.1:1/events', secret: 'KEY' } }, 'http://127.0.0.1:1/events'],
    [{ service: { name: 'loyalty', path: '/events' } }, 'service loyalty, /events'],
    [{ process: { name: 'ship-order' } }, 'starts process ship-order'],
  ])('says of the target %j where events go', (target, words) => {
    expect(targetText(target)).toBe(words);
  });

  it.each([
    [0, 'none'],
    [1, '1 event'],
    [12, '12 events'],
  ])('says how far %i is behind', (lag, words) => {
    expect(lagText(lag)).toBe(words);
  });
});

describe('a list of subscriptions', () => {
  const named = (name: string, open: Partial<SubscriptionResource['open']>): SubscriptionResource => ({
    ...{ name, filter: {}, target: { process: { name: 'p' } }, status: 'active', position: 0, lag: 0 },
    retry: { initialInterval: 1, backoff: 2, maximumInterval: 1, maximumAttempts: 1, maximumRetryAfter: 1 },
    open: { retrying: 0, waiting: 0, parked: 0, ...open },
    createdAt: '2026-03-12T10:00:30.000Z',
  });

  it('begins with those that wait for a person, and keeps its order else', () => {
    const listed = [
      named('a', { retrying: 9 }),
      named('b', { parked: 1 }),
      named('c', {}),
      named('d', { parked: 7 }),
    ];
    expect(parkedFirst(listed).map(({ name }) => name)).toEqual(['b', 'd', 'a', 'c']);
  });
});
