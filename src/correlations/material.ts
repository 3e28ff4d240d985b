import type { StartEvent } from '../core/attributes.ts';
import type { CloudEvent } from '../core/cloud-event.ts';
import type { OpenDelivery } from '../core/delivery-resource.ts';
import type { RunStatus } from '../core/run-state.ts';

/** An event of the business case, as the log holds it. */
export interface CorrelatedEvent {
  readonly position: number;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  readonly event: CloudEvent;
}

/** A run of the business case. Times are ISO 8601 in UTC. */
export interface CorrelatedRun {
  readonly id: string;
  readonly process: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly closedAt: string | null;
  /** `null`: no event started it. */
  readonly startEvent: StartEvent | null;
}

/** A subscription that could not deliver an event yet. */
export interface CorrelatedDelivery extends OpenDelivery {
  readonly subscription: string;
}

/** What carries one business key: events in the order of their positions, runs in any. */
export interface Material {
  readonly events: readonly CorrelatedEvent[];
  readonly runs: readonly CorrelatedRun[];
  /** Those of these events. */
  readonly deliveries: readonly CorrelatedDelivery[];
}
