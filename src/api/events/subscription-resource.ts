import { z } from 'zod';

import type { EventFilter } from '../../core/event-filter.ts';
import type {
  SubscriptionList,
  SubscriptionResource,
  SubscriptionTarget,
} from '../../core/subscription-resource.ts';
import type { Target } from '../../events/subscriptions/subscription.ts';
import type { SubscriptionState } from '../../events/subscriptions/subscription-state.ts';
import { subscriptionContentSchema } from '../../project/subscription-schema.ts';
import type { ShapeOf } from '../shape-of.ts';

const count = z.int().min(0);

/** A subscription as the API shows it. Times of the retry policy are milliseconds. */
export const subscriptionSchema = z
  .object({
    name: z.string(),
    filter: subscriptionContentSchema.shape.filter as z.ZodType<EventFilter>,
    target: subscriptionContentSchema.shape.target as z.ZodType<SubscriptionTarget>,
    retry: z.object({
      initialInterval: z.number(),
      backoff: z.number(),
      maximumInterval: z.number(),
      maximumAttempts: z.number().nullable(),
      maximumRetryAfter: z.number(),
    }),
    status: z.enum(['active', 'paused']),
    position: count.meta({
      description: 'Every event up to here is delivered, or is one of those counted in `open`',
    }),
    lag: count.meta({
      description: 'Positions from there to the end of the log; not all need fit the filter',
    }),
    open: z.object({ retrying: count, waiting: count, parked: count }).meta({
      description: 'Events that failed: tried again, waiting behind one of their subject, or parked',
    }),
    createdAt: z.iso.datetime(),
  } satisfies ShapeOf<SubscriptionResource>)
  .meta({ id: 'Subscription' });

export const subscriptionListSchema = z.object({
  subscriptions: z.array(subscriptionSchema),
} satisfies ShapeOf<SubscriptionList>);

export function toSubscriptionResource(state: SubscriptionState): SubscriptionResource {
  const { name, filter, target, retry, isPaused, cursor, lag, open, createdAt } = state;
  return {
    name,
    filter,
    target: sayTarget(target),
    retry,
    status: isPaused ? 'paused' : 'active',
    position: cursor,
    lag,
    open,
    createdAt,
  };
}

function sayTarget(target: Target): SubscriptionTarget {
  switch (target.kind) {
    case 'http':
      return { http: { url: target.url, ...secretOf(target) } };
    case 'service':
      return { service: { name: target.service, path: target.path, ...secretOf(target) } };
    case 'process':
      return { process: { name: target.process } };
  }
}

function secretOf({ secret }: { readonly secret: string | null }): { secret?: string } {
  return secret === null ? {} : { secret };
}
