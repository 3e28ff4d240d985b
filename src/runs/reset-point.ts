import { isJsonObject } from '../core/json.ts';
import { decodeFirst } from './payload.ts';
import type { Failure, HistoryEvent, WholeNumber } from './temporal-types.ts';

/** Where a failed run can go on. */
export interface ResetPoint {
  /** Of the workflow task that is done again; what came before it stays as it was. */
  readonly eventId: WholeNumber;
  /** The step that failed; `null` where the process itself did. */
  readonly step: string | null;
}

/**
 * Finds the workflow task that began the step with which a run has failed. Steps that ended before it are not made again;
 * those that it began beside the failed one are, with the same idempotency keys.
 *
 * @param history of a whole execution
 * @returns `null` when the execution has not failed
 */
export function findResetPoint(history: readonly HistoryEvent[]): ResetPoint | null {
  const failed = history.at(-1)?.workflowExecutionFailedEventAttributes;
  if (!failed) return null;
  const step = failedStep(failed.failure);
  const begun = history.findLast((event) => begins(event, step))?.activityTaskScheduledEventAttributes;
  // A quick call leaves no such event: it ran in the very task that then failed the run.
  const eventId = begun?.workflowTaskCompletedEventId ?? failed.workflowTaskCompletedEventId;
  return eventId ? { eventId, step } : null;
}

/** The outermost failure that names a step: what a step that failed, or was given up, has in its details. */
function failedStep(failure: Failure | null | undefined): string | null {
  for (let link = failure; link; link = link.cause) {
    const details = decodeFirst(link.applicationFailureInfo?.details);
    if (isJsonObject(details) && typeof details['step'] === 'string') return details['step'];
  }
  return null;
}

/** A saga step that makes several calls names them `step/call`. */
function begins(
  { activityTaskScheduledEventAttributes: scheduled }: HistoryEvent,
  step: string | null,
): boolean {
  const activityId = scheduled?.activityId ?? '';
  return step !== null && (activityId === step || activityId.startsWith(`${step}/`));
}
