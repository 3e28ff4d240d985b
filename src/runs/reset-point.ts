import { isJsonObject } from '../core/json.ts';
import { readMarker } from './local-activity-marker.ts';
import { decodeFirst } from './payload.ts';
import { stepName, summaryOf, summaryOrNumber } from './step-name.ts';
import { type Failure, type HistoryEvent, toNumber, type WholeNumber } from './temporal-types.ts';

/** Where a failed run can go on. */
export interface ResetPoint {
  /** Of the workflow task that is done again; what came before it stays as it was. */
  readonly eventId: WholeNumber;
  /** The steps that failed; none where the process itself did. */
  readonly steps: readonly string[];
  /** A step was taken back after that: the run would go on as if it had not been. */
  readonly isUndone: boolean;
}

/** Marks the step that takes another back. */
const undoPrefix = 'undo:';

/**
 * Finds the workflow task that began the step with which a run has failed. Steps that ended before it are not made again;
 * those that it began beside the failed one, or that began since, are, and so are quick calls that ran in it, with the same
 * idempotency keys. Where one word gave several held steps up, it is the task of the first of them: the word comes again after a
 * reset, and must find none of them stuck.
 *
 * @param history of a whole execution
 * @returns `null` when the execution has not failed
 */
export function findResetPoint(history: readonly HistoryEvent[]): ResetPoint | null {
  const end = history.at(-1)?.workflowExecutionFailedEventAttributes;
  if (!end) return null;
  const failures = innermostFirst(end.failure);
  const begun = eventsThatBegan(failures, history);
  // Where no step did, the process itself failed in the last task.
  const tasks = begun.map(taskOf).filter((task) => Boolean(task));
  const eventId = tasks.sort((a, b) => toNumber(a) - toNumber(b))[0] ?? end.workflowTaskCompletedEventId;
  if (!eventId) return null;
  const isUndone = history.some((event) => isUndo(event) && toNumber(taskOf(event)) >= toNumber(eventId));
  const named = failures.map(stepOf).filter((name) => name !== null);
  return { eventId, steps: begun.length === 0 ? named.slice(0, 1) : begun.map(nameOf), isUndone };
}

/** What began the step that failed, or each of those that a person gave up together. */
function eventsThatBegan(
  failures: readonly Failure[],
  history: readonly HistoryEvent[],
): readonly HistoryEvent[] {
  const isFound = (event: HistoryEvent | undefined): event is HistoryEvent => event !== undefined;
  const givenUp = failures
    .flatMap(givenUpBy)
    .map((step) => history.findLast((event) => isCallOf(step, event)))
    .filter(isFound);
  if (givenUp.length > 0) return givenUp;
  const failed = failures
    .map((failure) => history.findLast((event) => tellsOf(failure, event)))
    .find(isFound);
  return failed === undefined ? [] : [failed];
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
  return step !== null && isCallOf(step, event);
}

function isCallOf(step: string, event: HistoryEvent): boolean {
  const name = nameOf(event);
  // A saga step that makes several calls names them `step/call`.
  return name === step || name.startsWith(`${step}/`);
}

/** What a failure has in its details that comes of a person who gave up held steps. */
function givenUpBy({ applicationFailureInfo: info }: Failure): readonly string[] {
  const details = decodeFirst(info?.details);
  const names = isJsonObject(details) ? details['givenUp'] : undefined;
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
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
