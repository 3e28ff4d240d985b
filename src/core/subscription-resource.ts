import type { EventFilter } from './event-filter.ts';
import type { RetryPolicy } from './retry-policy.ts';

interface Secret {
  /** Names the environment variable of the deliverers whose value requests are signed with. */
  readonly secret?: string;
}

/** Where the events of a subscription go, as requests and events.yaml write it. */
export type SubscriptionTarget =
  | { readonly http: Secret & { readonly url: string } }
  | { readonly service: Secret & { readonly name: string; readonly path: string } }
  | { readonly process: { readonly name: string } };

/** `GET /v1/subscriptions/{name}` */
export interface SubscriptionResource {
  readonly name: string;
  readonly filter: EventFilter;
  readonly target: SubscriptionTarget;
  readonly retry: RetryPolicy;
  readonly status: 'active' | 'paused';
  /** Every event up to here is delivered, or is one of those counted in `open`. */
  readonly position: number;
  /** Positions from there to the end of the log; not all of them fit the filter. */
  readonly lag: number;
  /** Events that failed and are tried again, wait behind one of their subject, or wait for a person. */
  readonly open: { readonly retrying: number; readonly waiting: number; readonly parked: number };
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** `GET /v1/subscriptions` */
export interface SubscriptionList {
  readonly subscriptions: readonly SubscriptionResource[];
}
