import type { ErrorCode } from './errors.ts';
import type { EventPattern } from './event-pattern.ts';
import type { Json } from './json.ts';

/** The states of a run. The first three are open: the run may still move. */
export const runStatuses = [
  'running',
  'paused',
  'stuck',
  'completed',
  'failed',
  'cancelled',
  'terminated',
  'timed-out',
] as const;

export type RunStatus = (typeof runStatuses)[number];

export const stepKinds = ['call', 'emit', 'listen', 'timer', 'decision', 'run'] as const;

export type StepKind = (typeof stepKinds)[number];

/**
 * `waiting`: between two attempts, or for a timer, a decision or an event; `paused`: no further attempt begins until
 * someone lets it, with Temporal's own tools; `stuck`: failed for good and waiting for a person.
 */
export const stepStatuses = [
  'scheduled',
  'running',
  'waiting',
  'paused',
  'completed',
  'failed',
  'stuck',
  'cancelled',
  'timed-out',
] as const;

export type StepStatus = (typeof stepStatuses)[number];

/** What went wrong in a step or a run, as a person should read it. */
export interface ErrorView {
  /** A code of the catalogue, or the type of a failure that a process threw itself. */
  readonly code: ErrorCode | (string & {});
  readonly message: string;
  /** The HTTP status that the service answered with, where it answered. */
  readonly status?: number;
  /** What the service answered, or the process added. */
  readonly details?: Json;
  /** Of a run: its saga was undone, so it cannot go on; start it anew. */
  readonly undone?: boolean;
  /** Of a run: steps whose undo failed for good and was given up; what they did may still stand. */
  readonly leftAsTheyAre?: readonly string[];
}

/** Another run, and where the REST API has it. */
export interface RunReference {
  readonly id: string;
  readonly self: string;
}

/** One durable step of a run. Times are ISO 8601 in UTC. */
export interface StepView {
  /** Unique in the run; what the idempotency key is made of. */
  readonly name: string;
  readonly kind: StepKind;
  readonly service: string | null;
  readonly operation: string | null;
  /** Of a step of the kind `run`: the run that it started, which has a view of its own. */
  readonly run: RunReference | null;
  /** Of a step that waits for events: those that are still to come. */
  readonly awaits?: readonly EventPattern[];
  readonly status: StepStatus;
  /** The step takes back the step of this name. */
  readonly undoes: string | null;
  /** From 1; how often it was tried so far. 0 while it waits for a worker. */
  readonly attempt: number;
  readonly startedAt: string;
  readonly closedAt: string | null;
  /** When the next attempt begins, or until when a timer, a decision or an event is waited for. */
  readonly nextAttemptAt: string | null;
  /** The last failure, also while the next attempt is awaited. */
  readonly error: ErrorView | null;
}

export const stallReasons = ['no-worker', 'workflow-task-failing'] as const;

/** Why an open run does not move though it could. */
export interface Stall {
  readonly reason: (typeof stallReasons)[number];
  readonly message: string;
}

/** A run as the REST API shows it. */
export interface RunView {
  readonly id: string;
  readonly process: string;
  readonly version: string | null;
  readonly businessKey: string | null;
  /** Of a run that a step of another run started: that run. */
  readonly parent: RunReference | null;
  readonly status: RunStatus;
  readonly input: Json;
  readonly output: Json;
  readonly error: ErrorView | null;
  readonly startedAt: string;
  readonly closedAt: string | null;
  readonly stall: Stall | null;
  readonly steps: readonly StepView[];
}
