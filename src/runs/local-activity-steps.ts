import { eventActivities } from '../core/run-events.ts';
import { activityKind, activitySubject } from './activity-kind.ts';
import type { EventFold } from './event-fold.ts';
import { isCancellation, isTimeout, viewFailure } from './failure-view.ts';
import { type MarkerData, readMarker } from './local-activity-marker.ts';
import { decodeFirst } from './payload.ts';
import { endStep, type StepList } from './step-list.ts';
import { summaryOrNumber } from './step-name.ts';
import { type HistoryEvent, toIso, toMilliseconds } from './temporal-types.ts';

/**
 * The calls, and other steps with an activity, that went as local ones. History knows such a call only when it has ended. One that failed and then
 * went the ordinary way is one step.
 */
export class LocalActivitySteps {
  readonly #steps: StepList;
  /** The run's own time in the present workflow task: its start, and the ends of the local activities in it. */
  #ownTimes: number[] = [];
  /** By step: attempts before the present local activity, while that waits for its next attempt. */
  readonly #attemptsBefore = new Map<string, number>();
  #backoffTimers = 0;

  constructor(steps: StepList) {
    this.#steps = steps;
  }

  readonly take: EventFold = (event) => {
    if (event.workflowTaskStartedEventAttributes && event.eventTime) {
      this.#ownTimes = [toMilliseconds(event.eventTime)];
    }
    const data = readMarker(event);
    // That a step waits no longer is no step.
    if (data !== null && data.type !== eventActivities.unlisten) this.#end(event, data);
  };

  /** Whether a timer without a name is only the pause between two attempts. Each pause is taken once. */
  takesTimer(): boolean {
    if (this.#backoffTimers === 0) return false;
    this.#backoffTimers -= 1;
    return true;
  }

  #end(event: HistoryEvent, data: MarkerData): void {
    const failure = event.markerRecordedEventAttributes?.failure;
    const said = failure
      ? failure.applicationFailureInfo?.details
      : event.markerRecordedEventAttributes?.details?.['result'];
    const name = summaryOrNumber(event, data.id, data.type);
    const type = activitySubject(data.type, decodeFirst(said));
    const step = this.#steps.begin({ name, kind: activityKind(data.type), type, at: toIso(data.scheduled) });
    const attemptsBefore = this.#attemptsBefore.get(name) ?? step.attempt;
    step.attempt = attemptsBefore + data.attempt;
    this.#attemptsBefore.delete(name);
    const end = this.#endOf(data);
    if (data.backoff !== null) {
      this.#attemptsBefore.set(name, attemptsBefore);
      this.#backoffTimers += 1;
      step.status = 'waiting';
      step.nextAttemptAt = toIso(end + data.backoff);
      step.error = viewFailure(failure);
    } else if (!failure) endStep(step, 'completed', { at: toIso(end) });
    else if (isCancellation(failure)) endStep(step, 'cancelled', { at: toIso(end) });
    else {
      const status = isTimeout(failure) ? 'timed-out' : 'failed';
      endStep(step, status, { at: toIso(end), error: viewFailure(failure) });
    }
  }

  /**
   * The run's own time stands still while the worker computes, so it falls behind the clock that says when the call
   * began. The duration by the run's own time is right, and counts from there. A call that outlasted its workflow task
   * took so long that the difference does not matter.
   */
  #endOf({ scheduled, completed }: MarkerData): number {
    const began = this.#ownTimes.findLast((time) => time <= scheduled && time <= completed);
    this.#ownTimes.push(completed);
    return began === undefined ? Math.max(scheduled, completed) : scheduled + completed - began;
  }
}
