import type { CloudEvent } from './cloud-event.ts';
import type { EventPattern } from './event-pattern.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';

/**
 * What the steps `emit` and `listen`, their activities, whoever wakes the runs that wait, and the view of a run agree on.
 * All of it crosses a run's history, so a change must be read by the runs that are under way.
 */

/** The types of the activities. */
export const eventActivities = {
  emit: 'baton.emit',
  listen: 'baton.listen',
  unlisten: 'baton.unlisten',
} as const;

/** The signal that brings a waiting run an event; its argument is an {@link ArrivalMessage}. */
export const arrivalSignal = 'baton.event';

/**
 * How long an event may be on its way into a run, as bytes of JSON: Temporal refuses payloads over 2 MiB. Of a longer one
 * only the attributes are sent.
 */
export const maximumEventBytes = 1_000_000;

/**
 * The log is a part of Baton, so a step that needs it waits for as long as it is away. In milliseconds, with jitter:
 * thousands of runs may wait for it to come back.
 */
export const eventRetryPolicy: RetryPolicy = {
  ...defaultRetryPolicy,
  maximumInterval: 10_000,
  maximumAttempts: null,
};

export interface EmitInput {
  readonly event: CloudEvent;
}

export interface EmitOutcome {
  readonly type: string;
  /** In the log. */
  readonly position: number;
}

/** Where the part of the log begins that a run may look at: behind a position, or at a time (ISO 8601). */
export type LogStart = { readonly position: number } | { readonly time: string };

export interface ListenInput {
  readonly step: string;
  /** Events that are waited for; the place of each is its `part`. */
  readonly patterns: readonly EventPattern[];
  /** Whether an event is needed for each pattern, or the first for any of them will do. */
  readonly needsAll: boolean;
  readonly since: LogStart;
  /** Positions of events that the run has been given before. */
  readonly taken: readonly number[];
}

export interface ListenOutcome {
  /** What the log had already. */
  readonly found: readonly EventArrival[];
  /** What a signal will tell of; none when the step is over. */
  readonly awaited: readonly AwaitedEvent[];
  readonly needsAll: boolean;
}

export interface AwaitedEvent extends EventPattern {
  readonly part: number;
}

/** An event that a run waited for. */
export interface EventArrival {
  readonly part: number;
  /** In the log; tells the same event again from another one. */
  readonly position: number;
  readonly event: CloudEvent;
  /** The event is larger than {@link maximumEventBytes}: this is its size, and its data was left out. */
  readonly bytes?: number;
}

export interface ArrivalMessage extends EventArrival {
  readonly step: string;
}

export interface UnlistenInput {
  readonly step: string;
}

/** What runs do with the event log. Every method throws BatonError `database-unavailable` while it is away. */
export interface RunEvents {
  /** @returns the event's position; the same event again is appended once */
  emit(event: CloudEvent): Promise<number>;
  /** Finds what is in the log already, and has the run told of the rest. */
  listen(workflowId: string, input: ListenInput): Promise<ListenOutcome>;
  /** The step waits no longer. */
  unlisten(workflowId: string, step: string): Promise<void>;
}
