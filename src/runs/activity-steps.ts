import { activityKind, activitySubject } from './activity-kind.ts';
import type { EventFold } from './event-fold.ts';
import { viewFailure } from './failure-view.ts';
import { decodeFirst } from './payload.ts';
import { isAtWork, isBetweenAttempts, isPaused } from './pending-activity.ts';
import { endStep, type Step, type StepList } from './step-list.ts';
import { stepName } from './step-name.ts';
import {
  type HistoryEvent,
  type PendingActivity,
  toIso,
  toMilliseconds,
  toNumber,
} from './temporal-types.ts';

/** One scheduling of a call; a step that a person has tried again has several. */
interface Scheduling {
  readonly step: Step;
  readonly activityId: string;
  /** Attempts of the step before this scheduling. */
  readonly attemptsBefore: number;
}

/**
 * The calls, and other steps with an activity, that went as ordinary ones. While one is pending, history holds none of its attempts: they come from
 * the run's description.
 */
export class ActivitySteps {
  readonly #steps: StepList;
  readonly #byEvent = new Map<number, Scheduling>();
  readonly #open = new Map<string, Scheduling>();

  constructor(steps: StepList) {
    this.#steps = steps;
  }

  readonly take: EventFold = (event, at) => {
    if (event.activityTaskScheduledEventAttributes) this.#schedule(event, at);
    else if (event.activityTaskStartedEventAttributes) this.#start(event);
    else this.#close(event, at);
  };

  /** @param now milliseconds since 1970 */
  takePending(activities: readonly PendingActivity[], now: number): void {
    for (const pending of activities) {
      const scheduling = this.#open.get(pending.activityId ?? '');
      // What history shows as ended has ended, even if the description was read a moment before.
      if (scheduling !== undefined) takeAttempt(scheduling, pending, now);
    }
  }

  #schedule(event: HistoryEvent, at: string): void {
    const activityId = event.activityTaskScheduledEventAttributes?.activityId ?? '';
    const activity = event.activityTaskScheduledEventAttributes?.activityType?.name ?? '';
    const name = stepName(event, activityId, activity);
    const type = activitySubject(activity, decodeFirst(event.activityTaskScheduledEventAttributes?.input));
    const step = this.#steps.begin({ name, kind: activityKind(activity), type, at });
    step.status = 'scheduled';
    const scheduling = { step, activityId, attemptsBefore: step.attempt };
    this.#byEvent.set(toNumber(event.eventId), scheduling);
    this.#open.set(activityId, scheduling);
  }

  #start({ activityTaskStartedEventAttributes: started }: HistoryEvent): void {
    const scheduling = this.#byEvent.get(toNumber(started?.scheduledEventId));
    if (scheduling === undefined) return;
    scheduling.step.status = 'running';
    scheduling.step.attempt = scheduling.attemptsBefore + (started?.attempt ?? 1);
  }

  #close(event: HistoryEvent, at: string): void {
    const completed = event.activityTaskCompletedEventAttributes;
    const failed = event.activityTaskFailedEventAttributes;
    const timedOut = event.activityTaskTimedOutEventAttributes;
    const cancelled = event.activityTaskCanceledEventAttributes;
    const ended = completed ?? failed ?? timedOut ?? cancelled;
    if (!ended) return;
    const scheduling = this.#byEvent.get(toNumber(ended.scheduledEventId));
    if (scheduling === undefined) return;
    this.#open.delete(scheduling.activityId);
    const { step } = scheduling;
    if (completed) endStep(step, 'completed', { at });
    else if (failed) endStep(step, 'failed', { at, error: viewFailure(failed.failure) });
    else if (timedOut) endStep(step, 'timed-out', { at, error: viewFailure(timedOut.failure) });
    else endStep(step, 'cancelled', { at });
  }
}

function takeAttempt({ step, attemptsBefore }: Scheduling, pending: PendingActivity, now: number): void {
  const attempt = attemptsBefore + (pending.attempt ?? 1);
  if (pending.lastFailure) step.error = viewFailure(pending.lastFailure);
  if (isAtWork(pending)) {
    step.status = 'running';
    step.attempt = attempt;
    return;
  }
  step.attempt = attempt - 1;
  if (isPaused(pending)) {
    step.status = 'paused';
    return;
  }
  const next = toMilliseconds(pending.nextAttemptScheduleTime);
  if (next > now) step.nextAttemptAt = toIso(next);
  step.status = isBetweenAttempts(pending, now) ? 'waiting' : 'scheduled';
}
