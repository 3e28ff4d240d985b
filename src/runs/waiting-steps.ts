import { searchAttributes } from '../core/attributes.ts';
import { isTried } from './activity-kind.ts';
import type { DecisionSteps } from './decision-steps.ts';
import type { EventFold } from './event-fold.ts';
import { decodePayload, decodeText } from './payload.ts';
import { endStep, type Step, type StepList } from './step-list.ts';
import type { Payload } from './temporal-types.ts';

type Attributes = Readonly<Record<string, Payload>>;

/**
 * What the run waits for a person to settle, as it writes it into its search attributes: decisions, and steps that
 * failed for good.
 */
export class WaitingSteps {
  readonly #steps: StepList;
  readonly #decisions: DecisionSteps;
  readonly #stuck = new Map<string, Step>();
  #names: ReadonlySet<string> = new Set();
  #status: string | null = null;

  constructor(steps: StepList, decisions: DecisionSteps) {
    this.#steps = steps;
    this.#decisions = decisions;
  }

  /** What the run says of itself: `stuck`, `paused` or nothing. */
  get status(): string | null {
    return this.#status;
  }

  readonly take: EventFold = (event, at) => {
    const attributes =
      event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes ??
      event.workflowExecutionStartedEventAttributes?.searchAttributes;
    if (attributes?.indexedFields) this.#takeAttributes(attributes.indexedFields, at);
  };

  #takeAttributes(attributes: Attributes, at: string): void {
    const before = this.#status;
    if (Object.hasOwn(attributes, searchAttributes.status)) {
      this.#status = decodeText(attributes, searchAttributes.status);
    }
    if (!Object.hasOwn(attributes, searchAttributes.waitingFor)) return;
    const names = decodeNames(attributes[searchAttributes.waitingFor]);
    for (const name of this.#names) if (!names.has(name)) this.#end(name, at);
    for (const name of names) {
      if (!this.#names.has(name)) this.#begin(name, { at, turnedStuck: before !== this.#status });
    }
    this.#names = names;
  }

  #begin(name: string, { at, turnedStuck }: { at: string; turnedStuck: boolean }): void {
    const step = this.#status === 'stuck' ? this.#stuckStep(name, { at, turnedStuck }) : undefined;
    if (step === undefined) {
      this.#decisions.begin(name, at);
      return;
    }
    step.status = 'stuck';
    step.closedAt = null;
    this.#stuck.set(name, step);
  }

  #end(name: string, at: string): void {
    const step = this.#stuck.get(name);
    this.#stuck.delete(name);
    if (step === undefined) this.#decisions.end(name, at);
    else endStep(step, 'failed', { at, error: step.error });
  }

  /** The call that failed: named like the stuck step, or one of several that the step makes. */
  #stuckStep(name: string, { at, turnedStuck }: { at: string; turnedStuck: boolean }): Step | undefined {
    const failed = this.#steps
      .all()
      .findLast(
        (step) =>
          isTried(step.kind) && hasFailed(step) && (step.name === name || step.name.startsWith(`${name}/`)),
      );
    if (failed !== undefined || !turnedStuck) return failed;
    return this.#steps.begin({ name, kind: 'call', type: null, at });
  }
}

function hasFailed(step: Step): boolean {
  return step.status === 'failed' || step.status === 'timed-out';
}

function decodeNames(payload: Payload | undefined): ReadonlySet<string> {
  const value = decodePayload(payload);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return new Set(list.filter((name): name is string => typeof name === 'string'));
}
