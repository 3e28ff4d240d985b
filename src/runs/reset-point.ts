import { isJsonObject } from '../core/json.ts';
import { readMarker } from './local-activity-marker.ts';
import { decodeFirst } from './payload.ts';
import { stepName, summaryOf, summaryOrNumber } from './step-name.ts';
import { type Failure, type HistoryEvent, toNumber, type WholeNumber } from './temporal-types.ts';

/** Where a failed run can go on. */
export interface ResetPoint {
  /** Of the workflow task that is done again; what came before it stays as it was. */
  readonly eventId: WholeNumber;
  /** The step that failed; `null` where the process itself did. */
  readonly step: string | null;
  /** A step was taken back after that: the run would go on as if it had not been. */
  readonly isUndone: boolean;
}

/** Marks the step that takes another back. */
const undoPrefix = 'undo:';

/**
 * Finds the workflow task that began the step with which a run has failed. Steps that ended before it are not made again;
 * those that it began beside the failed one are, and so are quick calls that ran in it, with the same idempotency keys.
 *
 * @param history of a whole execution
 * @returns `null` when the execution has not failed
 */
export function findResetPoint(history: readonly HistoryEvent[]): ResetPoint | null {
  const end = history.at(-1)?.workflowExecutionFailedEventAttributes;
  if (!end) return null;
  const failures = innermostFirst(end.failure);
  const begun = failures
    .map((failure) => history.findLast((event) => tellsOf(failure, event)))
    .find((event) => event !== undefined);
  // Where no step did, the process itself failed in the last task.
  const eventId = (begun && taskOf(begun)) ?? end.workflowTaskCompletedEventId;
  if (!eventId) return null;
  const isUndone = history.some((event) => isUndo(event) && toNumber(taskOf(event)) >= toNumber(eventId));
  const named = failures.map(stepOf).find((name) => name !== null);
  return { eventId, step: begun === undefined ? (named ?? null) : nameOf(begun), isUndone };
}

/** The innermost failure that tells of a step is the call that failed; those around it are what it was part of. */
function innermostFirst(failure: Failure | null | undefined): readonly Failure[] {
  const chain: Failure[] = [];
  for (let link = failure; link; link = link.cause) chain.unshift(link);
  return chain;
}

/** A failure of Temporal's own names the event that began what failed; one of Baton's names the step. */
function tellsOf(failure: Failure, event: HistoryEvent): boolean {
  const eventId = toNumber(
    failure.activityFailureInfo?.scheduledEventId ??
      failure.childWorkflowExecutionFailureInfo?.initiatedEventId,
  );
  if (eventId > 0) return toNumber(event.eventId) === eventId;
  const step = stepOf(failure);
  if (step === null) return false;
  const name = nameOf(event);
  // A saga step that makes several calls names them `step/call`.
  return name === step || name.startsWith(`${step}/`);
}

/** What a step that failed, or was given up, has in its details. */
function stepOf({ applicationFailureInfo: info }: Failure): string | null {
  const details = decodeFirst(info?.details);
  return isJsonObject(details) && typeof details['step'] === 'string' ? details['step'] : null;
}

/** The name of the step that an event begins; the empty one for any other event. */
function nameOf(event: HistoryEvent): string {
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (scheduled) return stepName(event, scheduled.activityId ?? '', scheduled.activityType?.name ?? '');
  const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
  if (child) return summaryOf(event) ?? child.workflowId ?? '';
  // A quick call is in history only when it has ended, in the task that it ran in.
  const marker = readMarker(event);
  return marker === null ? '' : summaryOrNumber(event, marker.id, marker.type);
}

function taskOf(event: HistoryEvent): WholeNumber | null | undefined {
  return (
    event.activityTaskScheduledEventAttributes ??
    event.startChildWorkflowExecutionInitiatedEventAttributes ??
    event.markerRecordedEventAttributes
  )?.workflowTaskCompletedEventId;
}

function isUndo(event: HistoryEvent): boolean {
  return nameOf(event).startsWith(undoPrefix);
}
