import type { EventFold } from './event-fold.ts';
import { viewFailure } from './failure-view.ts';
import { endStep, type Step, type StepList } from './step-list.ts';
import { summaryOf } from './step-name.ts';
import { type HistoryEvent, toNumber } from './temporal-types.ts';

/** The runs that the run started and waits for. */
export class ChildRunSteps {
  readonly #steps: StepList;
  /** By the event that asked for them. */
  readonly #asked = new Map<number, Step>();

  constructor(steps: StepList) {
    this.#steps = steps;
  }

  readonly take: EventFold = (event, at) => {
    const asked = event.startChildWorkflowExecutionInitiatedEventAttributes;
    if (asked) {
      const name = summaryOf(event) ?? asked.workflowId ?? '';
      const step = this.#steps.begin({ name, kind: 'run', type: asked.workflowType?.name ?? null, at });
      step.status = 'scheduled';
      this.#asked.set(toNumber(event.eventId), step);
      return;
    }
    const step = this.#asked.get(askedBy(event));
    if (step === undefined) return;
    if (event.childWorkflowExecutionStartedEventAttributes) {
      step.status = 'running';
      step.attempt += 1;
    } else end(step, event, at);
  };
}

function end(step: Step, event: HistoryEvent, at: string): void {
  const failed = event.childWorkflowExecutionFailedEventAttributes;
  if (event.childWorkflowExecutionCompletedEventAttributes) endStep(step, 'completed', { at });
  else if (event.childWorkflowExecutionTimedOutEventAttributes) endStep(step, 'timed-out', { at });
  else if (failed) endStep(step, 'failed', { at, error: viewFailure(failed.failure) });
  else if (event.startChildWorkflowExecutionFailedEventAttributes) {
    const error = { code: 'run-exists', message: 'another run has this id' };
    endStep(step, 'failed', { at, error });
  } else endStep(step, 'cancelled', { at });
}

function askedBy(event: HistoryEvent): number {
  const attributes =
    event.childWorkflowExecutionStartedEventAttributes ??
    event.childWorkflowExecutionCompletedEventAttributes ??
    event.childWorkflowExecutionFailedEventAttributes ??
    event.childWorkflowExecutionCanceledEventAttributes ??
    event.childWorkflowExecutionTimedOutEventAttributes ??
    event.childWorkflowExecutionTerminatedEventAttributes ??
    event.startChildWorkflowExecutionFailedEventAttributes;
  return toNumber(attributes?.initiatedEventId);
}
