import { isJsonObject, type Json } from '../core/json.ts';
import { arrivalSignal, type AwaitedEvent, eventActivities } from '../core/run-events.ts';
import type { EventFold } from './event-fold.ts';
import { readMarker } from './local-activity-marker.ts';
import { decodeFirst } from './payload.ts';
import { endStep, type Step, type StepList } from './step-list.ts';
import { stepName, summaryOrNumber } from './step-name.ts';
import { type HistoryEvent, toNumber } from './temporal-types.ts';

/** A step that waits for events. */
interface Waiting {
  readonly step: Step;
  awaited: readonly AwaitedEvent[];
  readonly needsAll: boolean;
}

/**
 * The steps that wait for events. Their activity, which is a step like any other, only looks at the log; with what it gives
 * back begins the wait, until a signal brings what is missing, or the timer of the step's name fires.
 */
export class ListenSteps {
  readonly #steps: StepList;
  /** Names by the event that scheduled the activity. */
  readonly #scheduled = new Map<number, string>();
  /** By name. */
  readonly #waiting = new Map<string, Waiting>();
  /** By timer. */
  readonly #deadlines = new Map<string, { readonly step: Step; readonly due: string }>();

  constructor(steps: StepList) {
    this.#steps = steps;
  }

  /** Comes after the folds of the activities have taken the same event. */
  readonly take: EventFold = (event, at) => {
    const {
      activityTaskScheduledEventAttributes: scheduled,
      activityTaskCompletedEventAttributes: completed,
    } = event;
    if (scheduled?.activityType?.name === eventActivities.listen) {
      this.#scheduled.set(
        toNumber(event.eventId),
        stepName(event, scheduled.activityId ?? '', eventActivities.listen),
      );
    } else if (completed) {
      const name = this.#scheduled.get(toNumber(completed.scheduledEventId));
      if (name !== undefined) this.#begin(name, decodeFirst(completed.result));
    } else if (event.markerRecordedEventAttributes) this.#takeMarker(event, at);
    else if (event.workflowExecutionSignaledEventAttributes) this.#arrive(event, at);
  };

  /** @returns whether the timer is the deadline of a step that waits for events */
  takeDeadline(name: string, timerId: string, due: string): boolean {
    const step = this.#steps.find('listen', name);
    if (step?.closedAt !== null) return false;
    step.nextAttemptAt = due;
    this.#deadlines.set(timerId, { step, due });
    return true;
  }

  /** @returns whether the timer was such a deadline */
  endDeadline(timerId: string, { fired, at }: { fired: boolean; at: string }): boolean {
    const step = this.#deadlines.get(timerId)?.step;
    if (step === undefined) return false;
    this.#deadlines.delete(timerId);
    if (fired && step.closedAt === null) this.#end(step, 'timed-out', at);
    return true;
  }

  #takeMarker(event: HistoryEvent, at: string): void {
    const data = readMarker(event);
    if (data === null) return;
    const name = summaryOrNumber(event, data.id, data.type);
    if (data.type === eventActivities.unlisten) {
      const step = this.#steps.find('listen', name);
      if (step?.closedAt === null) this.#end(step, 'cancelled', at);
    } else if (data.type === eventActivities.listen && !event.markerRecordedEventAttributes?.failure) {
      this.#begin(name, decodeFirst(event.markerRecordedEventAttributes?.details?.['result']));
    }
  }

  /** Where something is missing, the step that ended with its activity goes on. */
  #begin(name: string, outcome: Json): void {
    const step = this.#steps.find('listen', name);
    const waiting = readOutcome(outcome);
    if (step === undefined || waiting.awaited.length === 0) return;
    step.status = 'waiting';
    step.closedAt = null;
    step.nextAttemptAt = [...this.#deadlines.values()].find((one) => one.step === step)?.due ?? null;
    this.#wait({ step, ...waiting });
  }

  #arrive({ workflowExecutionSignaledEventAttributes: signal }: HistoryEvent, at: string): void {
    const message = signal?.signalName === arrivalSignal ? decodeFirst(signal.input) : null;
    if (!isJsonObject(message) || typeof message['step'] !== 'string') return;
    const waiting = this.#waiting.get(message['step']);
    const part = waiting?.awaited.find((one) => one.part === message['part']);
    if (waiting === undefined || part === undefined) return;
    waiting.awaited = waiting.needsAll ? waiting.awaited.filter((one) => one !== part) : [];
    if (waiting.awaited.length > 0) this.#wait(waiting);
    else this.#end(waiting.step, 'completed', at);
  }

  #wait(waiting: Waiting): void {
    waiting.step.awaits = waiting.awaited.map(({ part: _part, ...pattern }) => pattern);
    this.#waiting.set(waiting.step.name, waiting);
  }

  #end(step: Step, status: 'completed' | 'timed-out' | 'cancelled', at: string): void {
    this.#waiting.delete(step.name);
    delete step.awaits;
    endStep(step, status, { at });
  }
}

function readOutcome(outcome: Json): Pick<Waiting, 'awaited' | 'needsAll'> {
  const { awaited = [], needsAll = false } = isJsonObject(outcome) ? outcome : {};
  const parts: readonly unknown[] = Array.isArray(awaited) ? awaited : [];
  return { awaited: parts.filter(isAwaited), needsAll: needsAll === true };
}

function isAwaited(value: unknown): value is AwaitedEvent {
  return isJsonObject(value) && typeof value['type'] === 'string' && typeof value['part'] === 'number';
}
