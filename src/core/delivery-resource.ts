import type { CloudEvent } from './cloud-event.ts';

/** Why an event could not be delivered, as a person reads it. */
export interface DeliveryError {
  readonly message: string;
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number;
  /** The beginning of what the target said. */
  readonly body?: string;
}

/** How it stands with an event that a subscription has not delivered yet. */
export interface OpenDelivery {
  /** Of the event, in the log. */
  readonly position: number;
  /** `retrying`: it is tried again by itself; `waiting`: behind another event of its subject; `parked`: for a person. */
  readonly state: 'retrying' | 'waiting' | 'parked';
  readonly attempts: number;
  /** ISO 8601 in UTC; `null` where it waits for another event or for a person. */
  readonly nextAttemptAt: string | null;
  readonly error: DeliveryError | null;
}

/** An open delivery as a person looks at it, with its event. */
export interface DeliveryResource extends OpenDelivery {
  readonly recordedAt: string;
  readonly event: CloudEvent;
}

/** `GET /v1/subscriptions/{name}/deliveries`: in the order of the log, the first hundred. */
export interface DeliveryList {
  readonly deliveries: readonly DeliveryResource[];
}
