import type { ErrorCode } from './errors.ts';
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

export type StepKind = 'call' | 'timer' | 'decision' | 'run';

/**
 * `waiting`: between two attempts, or for a timer or a decision; `paused`: no further attempt begins until someone lets
 * it, with Temporal's own tools; `stuck`: failed for good and waiting for a person.
 */
export type StepStatus =
  | 'scheduled'
  | 'running'
  | 'waiting'
  | 'paused'
  | 'completed'
  | 'failed'
  | 'stuck'
  | 'cancelled'
  | 'timed-out';

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
interface RunReference {
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
  readonly status: StepStatus;
  /** The step takes back the step of this name. */
  readonly undoes: string | null;
  /** From 1; how often it was tried so far. 0 while it waits for a worker. */
  readonly attempt: number;
  readonly startedAt: string;
  readonly closedAt: string | null;
  /** When the next attempt begins, or until when a timer or a decision waits. */
  readonly nextAttemptAt: string | null;
  /** The last failure, also while the next attempt is awaited. */
  readonly error: ErrorView | null;
}

/** Why an open run does not move though it could. */
export interface Stall {
  readonly reason: 'no-worker' | 'workflow-task-failing';
  readonly message: string;
}

/** A run as the REST API shows it. */
export interface RunView {
  readonly id: string;
  readonly process: string;
  readonly version: string | null;
  readonly businessKey: string | null;
  readonly status: RunStatus;
  readonly input: Json;
  readonly output: Json;
  readonly error: ErrorView | null;
  readonly startedAt: string;
  readonly closedAt: string | null;
  readonly stall: Stall | null;
  readonly steps: readonly StepView[];
}
