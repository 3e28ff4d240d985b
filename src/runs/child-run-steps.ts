import type { EventFold } from './event-fold.ts';
import { viewFailure } from './failure-view.ts';
import { endStep, type Step, type StepList } from './step-list.ts';
import { summaryOf } from './step-name.ts';
import { type HistoryEvent, toNumber } from './temporal-types.ts';

/** Temporal's number (`temporal.api.enums.v1.ParentClosePolicy`). */
const abandon = 2;

/** The runs that the run started and waits for. */
export class ChildRunSteps {
  readonly #steps: StepList;
  /** By the event that asked for them. */
  readonly #asked = new Map<number, Step>();
  readonly #outliving = new Set<Step>();

  constructor(steps: StepList) {
    this.#steps = steps;
  }

  readonly take: EventFold = (event, at) => {
    const asked = event.startChildWorkflowExecutionInitiatedEventAttributes;
    if (asked) {
      this.#begin(event, at);
      return;
    }
    const step = this.#asked.get(askedBy(event));
    if (step === undefined) return;
    if (event.childWorkflowExecutionStartedEventAttributes) {
      step.status = 'running';
      step.attempt += 1;
    } else end(step, event, at);
  };

  /**
   * A run that was told to outlive the one that started it (Temporal's parent close policy `ABANDON`) is handed over
   * when that one ends: what becomes of it is in its own view only.
   */
  handOver(at: string): void {
    for (const step of this.#outliving) if (step.status === 'running') endStep(step, 'completed', { at });
  }

  #begin(event: HistoryEvent, at: string): void {
    const asked = event.startChildWorkflowExecutionInitiatedEventAttributes;
    const runId = asked?.workflowId ?? '';
    const step = this.#steps.begin({
      name: this.#nameOf(summaryOf(event), runId),
      ...{ kind: 'run', type: asked?.workflowType?.name ?? null, at, runId },
    });
    step.status = 'scheduled';
    this.#asked.set(toNumber(event.eventId), step);
    if (toNumber(asked?.parentClosePolicy) === abandon) this.#outliving.add(step);
  }

  /** Several runs may have one summary; an id is one run's own. */
  #nameOf(summary: string | null, runId: string): string {
    if (summary === null) return runId;
    const known = this.#steps.find('run', summary);
    return known === undefined || known.run?.id === runId ? summary : `${summary} (${runId})`;
  }
}

function end(step: Step, event: HistoryEvent, at: string): void {
  const failed = event.childWorkflowExecutionFailedEventAttributes;
  if (event.childWorkflowExecutionCompletedEventAttributes) endStep(step, 'completed', { at });
  else if (event.childWorkflowExecutionTimedOutEventAttributes) endStep(step, 'timed-out', { at });
  else if (failed) endStep(step, 'failed', { at, error: viewFailure(failed.failure) });
  else if (event.startChildWorkflowExecutionFailedEventAttributes) {
    const error = { code: 'run-exists', message: 'another run has this id' };
    endStep(step, 'failed', { at, error });
  } else if (event.childWorkflowExecutionTerminatedEventAttributes) {
    endStep(step, 'cancelled', { at, error: { code: 'terminated', message: 'the run was terminated' } });
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
