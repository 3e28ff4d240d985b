import { describe, expect, it } from 'vitest';

import { createPaint } from '../../../src/cli/render/paint.ts';
import { subscriptionListText } from '../../../src/cli/render/subscription-list-text.ts';
import type { SubscriptionResource } from '../../../src/core/subscription-resource.ts';

const paint = createPaint(false);
const subscription = (is: Partial<SubscriptionResource>): SubscriptionResource => ({
  ...{ name: 'analytics', filter: {}, status: 'active', position: 7, lag: 0 },
  target: { process: { name: 'count' } },
  retry: { initialInterval: 1, backoff: 2, maximumInterval: 1, maximumAttempts: 1, maximumRetryAfter: 1 },
  open: { retrying: 0, waiting: 0, parked: 0 },
  createdAt: '2026-03-12T10:00:30.000Z',
  ...is,
});

describe('the list of subscriptions', () => {
  it('is a table, and begins with what waits for a person', () => {
    const listed = [
      subscription({}),
      subscription({
        name: 'billing',
        status: 'paused',
        lag: 1,
        open: { retrying: 2, waiting: 0, parked: 0 },
      }),
      subscription({
        ...{ name: 'loyalty', lag: 12, open: { retrying: 0, waiting: 1, parked: 2 } },
        filter: { types: ['paid', 'refunded'], subject: '4711\u001b[2J' },
        target: { service: { name: 'loyalty', path: '/events' } },
      }),
    ];
    expect(subscriptionListText(listed, paint).split('\n')).toEqual([
      'NAME       STATUS    NOT DELIVERED          LAG        HEARS                              TARGET',
      String.raw`loyalty    ● active  ! 2 parked, 1 waiting  12 events  paid or refunded of 4711\u001b[2J  service loyalty, /events`,
      'analytics  ● active  none                   none       every event                        starts process count',
      'billing    ‖ paused  2 retrying             1 event    every event                        starts process count',
    ]);
  });

  it('says that there is none', () => {
    expect(subscriptionListText([], paint)).toBe('There is no subscription.');
  });
});
