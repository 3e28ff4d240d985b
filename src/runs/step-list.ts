import { runPath } from '../core/run-path.ts';
import type { ErrorView, StepKind, StepStatus, StepView } from '../core/run-state.ts';

/** A step while the events are gone through. */
export type Step = { -readonly [Key in keyof StepView]: StepView[Key] };

/** What is known of a step when it begins. */
export interface StepStart {
  readonly name: string;
  readonly kind: StepKind;
  /** `service.operation` of a call, the type of an event that is emitted, or the process of a child run. */
  readonly type: string | null;
  readonly at: string;
  /** The id of the run that the step starts. */
  readonly runId?: string;
}

const undoPrefix = 'undo:';

/** The steps of a run in the order in which they began. */
export class StepList {
  readonly #steps = new Map<string, Step>();

  find(kind: StepKind, name: string): Step | undefined {
    return this.#steps.get(keyOf(kind, name));
  }

  /** Begins a step, or the same one anew: then its attempts and last error so far stay. */
  begin({ name, kind, type, at, runId }: StepStart): Step {
    const known = this.find(kind, name);
    if (known !== undefined) {
      known.closedAt = null;
      known.nextAttemptAt = null;
      known.operation ??= splitType(kind, type).operation;
      return known;
    }
    const step: Step = {
      name,
      kind,
      ...splitType(kind, type),
      run: runId === undefined ? null : { id: runId, self: runPath(runId) },
      status: 'scheduled',
      undoes: this.#undoneBy(name),
      attempt: 0,
      startedAt: at,
      closedAt: null,
      nextAttemptAt: null,
      error: null,
    };
    this.#steps.set(keyOf(kind, name), step);
    return step;
  }

  all(): Step[] {
    return [...this.#steps.values()];
  }

  /** A saga step that makes several calls names them `step/call`, and so does its undo. */
  #undoneBy(name: string): string | null {
    if (!name.startsWith(undoPrefix)) return null;
    const undone = name.slice(undoPrefix.length);
    const end = undone.lastIndexOf('/');
    return end < 0 || this.find('call', undone) !== undefined ? undone : undone.slice(0, end);
  }
}

/** Ends a step. An error is kept only by a step that ended with one. */
export function endStep(
  step: Step,
  status: StepStatus,
  { at, error = null }: { at: string; error?: ErrorView | null },
): void {
  step.status = status;
  step.closedAt = at;
  step.nextAttemptAt = null;
  step.error = error;
}

function keyOf(kind: StepKind, name: string): string {
  return `${kind} ${name}`;
}

function splitType(kind: StepKind, type: string | null): Pick<Step, 'service' | 'operation'> {
  if (type === null) return { service: null, operation: null };
  const dot = type.indexOf('.');
  if (kind !== 'call' || dot < 0) return { service: null, operation: type };
  return { service: type.slice(0, dot), operation: type.slice(dot + 1) };
}
