import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  TemporalFailure,
} from '@temporalio/workflow';

import type { ErrorCode } from '../../core/errors.ts';
import { assertOutputSize } from '../payload-size.ts';
import { askPerson } from './ask-person.ts';
import { Compensations } from './compensations.ts';
import { StepFailed } from './step-failed.ts';
import { insideStep, uniqueStepName } from './step-name.ts';

/** One step of a saga. */
export interface SagaStep<Result> {
  readonly run: () => Promise<Result>;
  /** Takes the step back; harmless for a step that never happened. Left out: there is nothing to take back. */
  readonly undo?: () => Promise<unknown>;
  /** When `run` has failed for good: undo the saga (default), or hold the run until a person decides. */
  readonly onFailure?: 'undo' | 'hold';
}

/** What the body of a saga works with. */
export interface Saga {
  /**
   * Runs one step and remembers how to take it back.
   *
   * `undo` is recorded before `run` starts: a step that timed out may still have happened. It must therefore be
   * harmless for a step that never did. It is retried until it succeeds or the run is `stuck`.
   *
   * @throws StepFailed when `run` has used up its retry policy
   * @example await saga.step('reserve', { run: () => call('stock.reserve', it), undo: () => call('stock.release', it) })
   */
  readonly step: <Result>(name: string, step: SagaStep<Result>) => Promise<Result>;

  /** Takes back every step so far, in reverse: for an outcome of the business that is no fault. No step may follow. */
  readonly undo: () => Promise<void>;
}

/**
 * Runs a body whose steps are taken back, in reverse, when one of them fails or the run is cancelled.
 *
 * Steps that still run beside a failed one are cancelled and awaited first, so that no undo overtakes its step. Undos
 * themselves cannot be cancelled. An undo that fails for good makes the run `stuck` until a person retries it, or gives
 * it up as settled by hand; the other undos then go on.
 *
 * @returns what the body returns
 * @throws ApplicationFailure `saga-undone` with the failed step, or a result that is too large, as its cause; CancelledFailure when the run was
 *   cancelled; `saga-given-up` when a person gave up a held step, in which case nothing is undone
 */
export async function saga<Result>(body: (saga: Saga) => Promise<Result>): Promise<Result> {
  const bodyScope = new CancellationScope();
  return bodyScope.run(async () => {
    const steps = new SagaSteps();
    try {
      const result = await body({
        step: (name, step) => awaitable(steps.run(name, step)),
        undo: () => steps.undo(),
      });
      assertOutputSize(result);
      // Whoever cancelled was promised that everything is taken back, also when the last step was just ending.
      if (bodyScope.consideredCancelled && !steps.compensations.isClosed)
        throw new CancelledFailure('The run was cancelled');
      return result;
    } catch (error) {
      // A plain error is a bug in the process. Temporal holds the run there until the code is mended; nothing is undone.
      if (!(error instanceof TemporalFailure)) throw asError(error);
      // Whatever else the body has begun, such as a timer in another branch, ends with it.
      bodyScope.cancel();
      await steps.stop();
      if (error instanceof GivenUp) throw error;
      await steps.undo();
      if (isCancellation(error)) throw error;
      throw undone(error, steps.compensations);
    }
  });
}

/** The steps of one saga: those under way, and what is recorded to take them back. */
class SagaSteps {
  readonly compensations = new Compensations();
  readonly #scope = new CancellationScope();
  readonly #running = new Set<Promise<unknown>>();

  async run<T>(name: string, step: SagaStep<T>): Promise<T> {
    // A branch that goes on after the saga was cancelled begins nothing that would only be taken back.
    if (CancellationScope.current().consideredCancelled)
      throw new CancelledFailure(`"${name}" was not begun`);
    const unique = uniqueStepName(name);
    this.compensations.record(unique, step.undo);
    const outcome = this.#scope.run(() => runStep(unique, step));
    this.#running.add(outcome);
    try {
      return await outcome;
    } finally {
      this.#running.delete(outcome);
    }
  }

  /** Cancels the steps that are under way and waits until each has ended, so that no undo overtakes its step. */
  async stop(): Promise<void> {
    this.#scope.cancel();
    await CancellationScope.nonCancellable(() => Promise.allSettled(this.#running));
  }

  async undo(): Promise<void> {
    await this.stop();
    await this.compensations.run();
  }
}

async function runStep<T>(name: string, { run, onFailure = 'undo' }: SagaStep<T>): Promise<T> {
  for (;;) {
    try {
      return await insideStep(name, run);
    } catch (error) {
      if (onFailure === 'undo' || isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
      const { action, steps } = await askPerson(name, ['retry', 'undo', 'give-up']);
      if (action === 'undo') throw error;
      if (action === 'give-up') throw new GivenUp(name, steps, error);
    }
  }
}

/**
 * A branch may fail while the process still awaits another one. That is no error of the process: whoever awaits this
 * branch later gets the failure then.
 */
function awaitable<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Something thrown that is no error at all would leave the run without a word in Temporal's SDK. */
function asError(thrown: unknown): unknown {
  return thrown instanceof Error
    ? thrown
    : new TypeError(`The process threw ${String(thrown)}, which is no error`);
}

/** A person ended the saga at a held step and wants nothing undone. */
class GivenUp extends ApplicationFailure {
  /** @param givenUp what the same word gave up, this step among them: the run can go on from the first of them only */
  constructor(step: string, givenUp: readonly string[], cause: Error) {
    const code: ErrorCode = 'saga-given-up';
    super(
      `"${step}" was given up by a person; nothing was undone`,
      code,
      true,
      [{ undone: false, step, givenUp }],
      cause,
    );
  }
}

function undone(error: TemporalFailure, { undone, leftAsTheyAre }: Compensations): ApplicationFailure {
  const code: ErrorCode = 'saga-undone';
  const failed = error instanceof StepFailed ? { step: error.step } : {};
  const count = undone.length === 1 ? '1 step was' : `${undone.length} steps were`;
  const details = { undone: leftAsTheyAre.length === 0, ...failed, steps: undone, leftAsTheyAre };
  return new ApplicationFailure(`${error.message}; ${count} undone`, code, true, [details], error);
}
