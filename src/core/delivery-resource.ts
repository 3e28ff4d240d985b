import type { CloudEvent } from './cloud-event.ts';

/** An event that a subscription has not delivered yet, as a person looks at it. Times are ISO 8601 in UTC. */
export interface DeliveryResource {
  /** Of the event, in the log. */
  readonly position: number;
  readonly recordedAt: string;
  readonly event: CloudEvent;
  /** `retrying`: it is tried again by itself; `waiting`: behind another event of its subject; `parked`: for a person. */
  readonly state: 'retrying' | 'waiting' | 'parked';
  readonly attempts: number;
  /** `null` where it waits for another event or for a person. */
  readonly nextAttemptAt: string | null;
  readonly error: { readonly message: string; readonly status?: number; readonly body?: string } | null;
}

/** `GET /v1/subscriptions/{name}/deliveries`: in the order of the log, the first hundred. */
export interface DeliveryList {
  readonly deliveries: readonly DeliveryResource[];
}
