import type { EventFold } from './event-fold.ts';
import { viewFailure } from './failure-view.ts';
import { endStep, type Step, type StepList } from './step-list.ts';
import { type HistoryEvent, toNumber } from './temporal-types.ts';

/** Updates that Baton itself understands; every other one is a decision. */
const ownUpdates = 'baton.';

/** The decisions that the run waits for, or has been told. */
export class DecisionSteps {
  readonly #steps: StepList;
  readonly #waiting = new Map<string, { step: Step; isSettled: boolean }>();
  /** Decisions that were told before the run waited for them, by name. */
  readonly #toldBefore = new Map<string, Step>();
  /** By timer. */
  readonly #deadlines = new Map<string, Step>();
  /** Names of the updates that came again after a reset, by their ids: what accepts them does not tell. */
  readonly #cameAgain = new Map<string, string>();
  /** By the event that accepted them. */
  readonly #accepted = new Map<number, Step>();
  #isCancelRequested = false;

  constructor(steps: StepList) {
    this.#steps = steps;
  }

  readonly take: EventFold = (event, at) => {
    if (event.workflowExecutionCancelRequestedEventAttributes) this.#isCancelRequested = true;
    else if (event.workflowExecutionUpdateAdmittedEventAttributes) this.#admit(event);
    else if (event.workflowExecutionUpdateAcceptedEventAttributes) this.#accept(event, at);
    else if (event.workflowExecutionUpdateCompletedEventAttributes) this.#complete(event, at);
  };

  /** The run says that it waits for this decision. */
  begin(name: string, at: string): void {
    const toldBefore = this.#toldBefore.get(name);
    this.#toldBefore.delete(name);
    this.#waiting.set(name, {
      step: toldBefore ?? this.#open(name, at),
      isSettled: toldBefore !== undefined,
    });
  }

  /** The run says that it waits no longer. */
  end(name: string, at: string): void {
    const waiting = this.#waiting.get(name);
    this.#waiting.delete(name);
    if (waiting === undefined || waiting.isSettled) return;
    endStep(waiting.step, this.#isCancelRequested ? 'cancelled' : 'completed', { at });
  }

  /** @returns whether the timer is the deadline of a decision that waits */
  takeDeadline(name: string, timerId: string, due: string): boolean {
    const waiting = this.#waiting.get(name);
    if (waiting === undefined) return false;
    if (!waiting.isSettled) waiting.step.nextAttemptAt = due;
    this.#deadlines.set(timerId, waiting.step);
    return true;
  }

  endDeadline(timerId: string, { fired, at }: { fired: boolean; at: string }): void {
    const step = this.#deadlines.get(timerId);
    this.#deadlines.delete(timerId);
    if (step === undefined) return;
    step.nextAttemptAt = null;
    if (fired) this.#settle(step, 'timed-out', at);
  }

  #open(name: string, at: string): Step {
    const step = this.#steps.begin({ name, kind: 'decision', type: null, at });
    step.status = 'waiting';
    step.attempt += 1;
    return step;
  }

  #admit({ workflowExecutionUpdateAdmittedEventAttributes: admitted }: HistoryEvent): void {
    this.#cameAgain.set(admitted?.request?.meta?.updateId ?? '', admitted?.request?.input?.name ?? '');
  }

  #accept(event: HistoryEvent, at: string): void {
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
    const cameAgain = this.#cameAgain.get(accepted?.protocolInstanceId ?? '');
    const name = accepted?.acceptedRequest?.input?.name ?? cameAgain ?? '';
    if (name === '' || name.startsWith(ownUpdates)) return;
    this.#accepted.set(toNumber(event.eventId), this.#waiting.get(name)?.step ?? this.#told(name, at));
  }

  /** An update that the run does not wait for: a decision that came early, or any message of the process's own. */
  #told(name: string, at: string): Step {
    const step = this.#open(name, at);
    step.status = 'running';
    return step;
  }

  #complete({ workflowExecutionUpdateCompletedEventAttributes: completed }: HistoryEvent, at: string): void {
    const step = this.#accepted.get(toNumber(completed?.acceptedEventId));
    if (step === undefined) return;
    const failure = completed?.outcome?.failure;
    if (!failure) this.#settle(step, 'completed', at);
    else if (this.#waiting.has(step.name)) step.error = viewFailure(failure);
    else endStep(step, 'failed', { at, error: viewFailure(failure) });
  }

  #settle(step: Step, status: 'completed' | 'timed-out', at: string): void {
    const waiting = this.#waiting.get(step.name);
    if (waiting === undefined) this.#toldBefore.set(step.name, step);
    else waiting.isSettled = true;
    endStep(step, status, { at });
  }
}
