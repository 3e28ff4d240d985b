import type { EventFilter } from '../../core/event-filter.ts';
import type { RetryPolicy } from '../../core/retry-policy.ts';

/** Where the events of a subscription go. */
export type Target =
  /** An HTTP sink anywhere; `secret` names the secret that its requests are signed with. */
  | { readonly kind: 'http'; readonly url: string; readonly secret: string | null }
  /** An HTTP sink of a service of the catalogue, which says where it is and how it may be called. */
  | {
      readonly kind: 'service';
      readonly service: string;
      readonly path: string;
      readonly secret: string | null;
    }
  /** A process to start; its input is the event's data. */
  | { readonly kind: 'process'; readonly process: string };

/** Who gets which events. Deliveries are at least once, and in order for each subject. */
export interface Subscription {
  readonly name: string;
  readonly filter: EventFilter;
  readonly target: Target;
  /** What is done about an event that could not be delivered, before it is parked. Times in milliseconds. */
  readonly retry: RetryPolicy;
}

/** Where a subscription begins: with what comes next, with the first event of the log, at a time or behind a position. */
export type StartPosition = 'now' | 'beginning' | { readonly time: Date } | { readonly position: number };

/** About a day of an outage is waited out. */
export const defaultDeliveryPolicy: RetryPolicy = {
  initialInterval: 500,
  backoff: 2,
  maximumInterval: 60_000,
  maximumAttempts: 1_500,
  maximumRetryAfter: 10 * 60_000,
};

const prefix = 'subscription/';

/** The name of the consumer that goes through the log for a subscription. */
export function consumerOf(subscription: string): string {
  return prefix + subscription;
}

/** @returns the subscription that a consumer goes through the log for; `null` where it is something else */
export function subscriptionOf(consumer: string): string | null {
  return consumer.startsWith(prefix) ? consumer.slice(prefix.length) : null;
}
