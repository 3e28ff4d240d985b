import type { StartEvent } from '../core/attributes.ts';
import type { CloudEvent } from '../core/cloud-event.ts';
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
export interface CorrelatedDelivery {
  readonly subscription: string;
  /** Of the event. */
  readonly position: number;
  /** `retrying`: it is tried again by itself; `waiting`: behind another event of its subject; `parked`: for a person. */
  readonly state: 'retrying' | 'waiting' | 'parked';
  readonly attempts: number;
  /** ISO 8601; `null` where nothing is tried by itself. */
  readonly nextAttemptAt: string | null;
  readonly error: { readonly message: string; readonly status?: number; readonly body?: string } | null;
}

/** What carries one business key: events in the order of their positions, runs in any. */
export interface Material {
  readonly events: readonly CorrelatedEvent[];
  readonly runs: readonly CorrelatedRun[];
  /** Those of these events. */
  readonly deliveries: readonly CorrelatedDelivery[];
}
