import type { ErrorView, RunStatus } from '../core/run-state.ts';
import type { Json } from '../core/json.ts';
import { viewFailure } from './failure-view.ts';
import { decodeFirst } from './payload.ts';
import type { HistoryEvent } from './temporal-types.ts';

/** How an execution ended. */
export interface RunEnd {
  readonly status: RunStatus;
  readonly output: Json;
  readonly error: ErrorView | null;
}

/** @returns `null` for an event that ends nothing */
export function endOfRun(event: HistoryEvent): RunEnd | null {
  const completed = event.workflowExecutionCompletedEventAttributes;
  if (completed) return { status: 'completed', output: decodeFirst(completed.result), error: null };

  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed) return { status: 'failed', output: null, error: viewFailure(failed.failure) };

  if (event.workflowExecutionCanceledEventAttributes) {
    return { status: 'cancelled', output: null, error: null };
  }
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  if (terminated) {
    const reason = terminated.reason ?? '';
    const message = reason === '' ? 'terminated without a reason' : reason;
    return { status: 'terminated', output: null, error: { code: 'terminated', message } };
  }
  if (event.workflowExecutionTimedOutEventAttributes) {
    const error = { code: 'timed-out', message: 'the run took longer than it may' };
    return { status: 'timed-out', output: null, error };
  }
  // The run goes on in a new execution, which the next reading shows.
  const continued = event.workflowExecutionContinuedAsNewEventAttributes;
  return continued ? { status: 'running', output: null, error: null } : null;
}
