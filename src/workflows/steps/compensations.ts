import { ApplicationFailure, CancellationScope, TemporalFailure } from '@temporalio/workflow';

import type { ErrorCode } from '../../core/errors.ts';
import { askPerson } from './ask-person.ts';
import { insideStep, undoName } from './step-name.ts';

type Undo = () => Promise<unknown>;

/** What a saga has to take back, in the order in which its steps began. */
export class Compensations {
  readonly #recorded: { step: string; undo: Undo }[] = [];
  readonly #undone: string[] = [];
  readonly #leftAsTheyAre: string[] = [];
  #isClosed = false;

  /** @throws ApplicationFailure when the saga is being undone already: a step begun now would never be taken back */
  record(step: string, undo: Undo | undefined): void {
    if (this.#isClosed) {
      const code: ErrorCode = 'invalid-call';
      throw ApplicationFailure.nonRetryable(`"${step}" cannot begin: the saga is being undone`, code);
    }
    if (undo !== undefined) this.#recorded.push({ step, undo });
  }

  /** Whether undoing has begun. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Steps taken back so far, the latest step first. */
  get undone(): readonly string[] {
    return this.#undone;
  }

  /** Steps whose undo failed for good and was given up by a person, who settled it by hand. */
  get leftAsTheyAre(): readonly string[] {
    return this.#leftAsTheyAre;
  }

  /** Takes back every recorded step, the latest first, one after another. Cannot be cancelled. */
  async run(): Promise<void> {
    this.#isClosed = true;
    await CancellationScope.nonCancellable(async () => {
      for (let last = this.#recorded.pop(); last !== undefined; last = this.#recorded.pop()) {
        const isUndone = await undoStep(last.step, last.undo);
        (isUndone ? this.#undone : this.#leftAsTheyAre).push(last.step);
      }
    });
  }
}

async function undoStep(step: string, undo: Undo): Promise<boolean> {
  const name = undoName(step);
  for (;;) {
    try {
      await insideStep(name, undo);
      return true;
    } catch (error) {
      // Only a failure of the undo itself asks for a person; a bug in the process stops the run where it is.
      if (!(error instanceof TemporalFailure)) throw error;
      const { action } = await askPerson(name, ['retry', 'give-up']);
      if (action === 'give-up') return false;
    }
  }
}
