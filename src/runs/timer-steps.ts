import type { DecisionSteps } from './decision-steps.ts';
import type { EventFold } from './event-fold.ts';
import type { ListenSteps } from './listen-steps.ts';
import type { LocalActivitySteps } from './local-activity-steps.ts';
import { endStep, type Step, type StepList } from './step-list.ts';
import { summaryOf, summaryOrNumber } from './step-name.ts';
import { type HistoryEvent, toIso, toMilliseconds, toNumber } from './temporal-types.ts';

/** Temporal's number (`temporal.api.enums.v1.ContinueAsNewInitiator`). */
const continuedByItself = 1;

/** The durable waits. A timer may also be the deadline of a decision or of a wait for events, which is then its step. */
export class TimerSteps {
  readonly #steps: StepList;
  readonly #decisions: DecisionSteps;
  readonly #listens: ListenSteps;
  readonly #localActivities: LocalActivitySteps;
  readonly #open = new Map<string, Step>();
  #delay: Step | null = null;

  constructor(
    steps: StepList,
    others: { decisions: DecisionSteps; listens: ListenSteps; localActivities: LocalActivitySteps },
  ) {
    this.#steps = steps;
    this.#decisions = others.decisions;
    this.#listens = others.listens;
    this.#localActivities = others.localActivities;
  }

  readonly take: EventFold = (event, at) => {
    const { timerFiredEventAttributes: fired, timerCanceledEventAttributes: cancelled } = event;
    if (event.workflowExecutionStartedEventAttributes) this.#delayStart(event, at);
    else if (event.workflowTaskScheduledEventAttributes) this.#endDelay(at);
    else if (event.timerStartedEventAttributes) this.#start(event, at);
    else if (fired) this.#end(fired.timerId, 'completed', at);
    else if (cancelled) this.#end(cancelled.timerId, 'cancelled', at);
  };

  /** Whoever starts a run may say that it begins later; so may a schedule, a cron or a retry of the whole run. */
  #delayStart(event: HistoryEvent, at: string): void {
    const started = event.workflowExecutionStartedEventAttributes;
    const delay = toMilliseconds(started?.firstWorkflowTaskBackoff);
    // Temporal spaces executions that continue one another by itself.
    if (delay === 0 || toNumber(started?.initiator) === continuedByItself) return;
    this.#delay = this.#steps.begin({ name: 'start delay', kind: 'timer', type: null, at });
    this.#delay.status = 'waiting';
    this.#delay.attempt = 1;
    this.#delay.nextAttemptAt = toIso(toMilliseconds(event.eventTime) + delay);
  }

  #endDelay(at: string): void {
    if (this.#delay !== null) endStep(this.#delay, 'completed', { at });
    this.#delay = null;
  }

  #start(event: HistoryEvent, at: string): void {
    const id = event.timerStartedEventAttributes?.timerId ?? '';
    const wait = event.timerStartedEventAttributes?.startToFireTimeout;
    const due = toIso(toMilliseconds(event.eventTime) + toMilliseconds(wait));
    const summary = summaryOf(event);
    if (summary === null && this.#localActivities.takesTimer()) return;
    if (summary !== null && this.#listens.takeDeadline(summary, id, due)) return;
    if (summary !== null && this.#decisions.takeDeadline(summary, id, due)) return;
    const name = summaryOrNumber(event, id, 'timer');
    const isTaken = this.#steps.find('timer', name) !== undefined;
    const step = this.#steps.begin({
      name: isTaken ? `${name}#${id}` : name,
      ...{ kind: 'timer', type: null, at },
    });
    step.status = 'waiting';
    step.attempt += 1;
    step.nextAttemptAt = due;
    this.#open.set(id, step);
  }

  #end(timerId: string | null | undefined, status: 'completed' | 'cancelled', at: string): void {
    const id = timerId ?? '';
    if (this.#listens.endDeadline(id, { fired: status === 'completed', at })) return;
    const step = this.#open.get(id);
    if (step === undefined) this.#decisions.endDeadline(id, { fired: status === 'completed', at });
    else endStep(step, status, { at });
    this.#open.delete(id);
  }
}
