import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from 'pino';

import { type Lease, saveCursor, underLease } from '../consumers/lease.ts';
import type { Database } from '../database.ts';
import { readEvents } from '../read-events.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { WakeUp } from '../wake-up.ts';
import type { Definition } from './definition.ts';
import { dropRetired } from './drop-retired.ts';
import { type Failure, foldEvents, keyEvents } from './fold-events.ts';
import { type Generation, recordFailure } from './generation-store.ts';
import { loadRows, writeChanges } from './model-table.ts';
import { publishGeneration } from './publish-generation.ts';

export interface ProjectionOptions {
  readonly database: Database;
  readonly wakeUp: WakeUp;
  readonly log: Logger;
}

/** So many events are folded in one transaction. */
const pageSize = 200;

/** In milliseconds. */
const pace = {
  /** A look without being woken: a notification may be lost. */
  look: 2_000,
  /** A look where the table that is to be replaced was busy, or had come further. */
  publish: 100,
  /** Passing over events of no concern is written down no more often. */
  save: 100,
};

/**
 * Folds the events of the log into the table of a generation until the lease ends. Rows and cursor change in one transaction
 * under the lease, so each event counts once, whoever is killed or overtaken. Once the table has come as far as the one that
 * readers see, it takes its place. Where the project's code fails, all stands still in front of that event, and says so,
 * until someone else takes the lease.
 *
 * @throws LeaseLost; BatonError `database-unavailable`
 */
export async function projectGeneration(
  work: { readonly definition: Definition; readonly generation: Generation; readonly isCurrent: boolean },
  lease: Lease,
  options: ProjectionOptions,
): Promise<void> {
  await new Projection(work, lease, options).run();
}

class Projection {
  readonly #definition: Definition;
  readonly #generation: Generation;
  readonly #lease: Lease;
  readonly #options: ProjectionOptions;
  /** Every event up to here is in the table. */
  #position: number;
  /** What the database knows of that. */
  #saved: number;
  #savedAt = -Infinity;
  #isCurrent: boolean;
  #failure: Failure | null;

  constructor(
    {
      definition,
      generation,
      isCurrent,
    }: { definition: Definition; generation: Generation; isCurrent: boolean },
    lease: Lease,
    options: ProjectionOptions,
  ) {
    this.#definition = definition;
    this.#generation = generation;
    this.#isCurrent = isCurrent;
    this.#failure = generation.failure;
    this.#lease = lease;
    this.#options = options;
    this.#position = lease.cursor;
    this.#saved = lease.cursor;
  }

  async run(): Promise<void> {
    const { database, log } = this.#options;
    const { signal } = this.#lease;
    await dropRetired(database, this.#generation.readModel, log);
    while (!signal.aborted) {
      // What is appended between the read and the wait must wake it.
      const waiting = new AbortController();
      const over = AbortSignal.any([signal, waiting.signal]);
      const woken = this.#options.wakeUp.next(pace.look, over);
      try {
        const isAtTheEnd = await this.#goOn();
        if (this.#failure !== null) {
          await aborted(signal);
          return;
        }
        if (isAtTheEnd) await Promise.race([woken, this.#pause(over)]);
      } finally {
        waiting.abort();
      }
    }
    if (this.#position > this.#saved) await saveCursor(database, this.#lease, this.#position);
  }

  /** Ends when there is something to do though nothing was appended: readers wait for what is not written down, or not published. */
  async #pause(signal: AbortSignal): Promise<void> {
    const isUnsaved = this.#position > this.#saved;
    const limit = !this.#isCurrent ? pace.publish : isUnsaved ? pace.save : pace.look;
    await sleep(limit, undefined, { signal }).catch(() => undefined);
  }

  /** @returns whether the end of the log is reached */
  async #goOn(): Promise<boolean> {
    const { database } = this.#options;
    const filter = { types: this.#definition.types };
    const page = await readEvents(database, { after: this.#position, filter, limit: pageSize });
    // One that stood still is known to go on only when that is written down.
    if (page.events.length > 0 || this.#failure !== null) await this.#fold(page.events, page.next);
    else await this.#pass(page.next);
    const isAtTheEnd = page.events.length < pageSize;
    if (isAtTheEnd && !this.#isCurrent && this.#failure === null) await this.#publish();
    return isAtTheEnd;
  }

  async #fold(events: readonly RecordedEvent[], next: number): Promise<void> {
    const { database, log } = this.#options;
    const { keyed, failure: keyFailure } = keyEvents(this.#definition, events);
    const keys = new Set(keyed.map(({ key }) => key));
    const outcome = await underLease(database, this.#lease, async (transaction) => {
      const rows =
        keys.size === 0 ? new Map<string, string>() : await loadRows(transaction, this.#generation, keys);
      const folded = foldEvents(this.#definition, keyed, rows);
      const failure = folded.failure ?? keyFailure;
      const position = failure === null ? next : failure.position - 1;
      await writeChanges(transaction, this.#generation, folded.changes);
      if (failure !== null || this.#failure !== null)
        await recordFailure(transaction, this.#generation, failure);
      await saveCursor(transaction, this.#lease, position);
      return { failure, position };
    });
    this.#failure = outcome.failure;
    this.#position = outcome.position;
    this.#noteSaved();
    if (outcome.failure === null) return;
    const { readModel } = this.#generation;
    log.error(
      { readModel, failure: outcome.failure },
      'a read model failed; it waits for its code to be mended',
    );
  }

  async #pass(next: number): Promise<void> {
    this.#position = next;
    if (next === this.#saved || performance.now() - this.#savedAt < pace.save) return;
    await saveCursor(this.#options.database, this.#lease, next);
    this.#noteSaved();
  }

  async #publish(): Promise<void> {
    const { database, log } = this.#options;
    const { readModel, generation } = this.#generation;
    const work = { lease: this.#lease, readModel, generation };
    if (!(await publishGeneration(database, work, this.#position))) return;
    this.#isCurrent = true;
    this.#noteSaved();
    log.info(
      { readModel, generation, position: this.#position },
      'the read model is built; it is read from now on',
    );
    await dropRetired(database, readModel, log);
  }

  #noteSaved(): void {
    this.#saved = this.#position;
    this.#savedAt = performance.now();
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
