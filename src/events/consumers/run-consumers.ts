import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from 'pino';

import { BatonError, errorCatalogue } from '../../core/errors.ts';
import type { Database } from '../database.ts';
import type { WakeUp } from '../wake-up.ts';
import { fairShare } from './fair-share.ts';
import { type Lease, LeaseLost } from './lease.ts';
import {
  forgetDeliverer,
  giveBack,
  leaseLength,
  leave,
  renewLeases,
  reportAlive,
  type Taken,
  takeConsumers,
} from './lease-store.ts';

/** Goes on with a consumer until the lease's signal is aborted. What it throws is logged, and it is begun again. */
export type Consume = (lease: Lease) => Promise<void>;

export interface ConsumersOptions {
  readonly database: Database;
  readonly wakeUp: Pick<WakeUp, 'nextChange'>;
  readonly log: Logger;
  /** Between two rounds, in milliseconds; 1,000 where it is left out. What was changed is told, and begins one at once. */
  readonly roundEvery?: number;
  /** What to do for a consumer of this name; `null` for one that this process does not know. */
  readonly consumeBy: (consumer: string) => Consume | null;
}

/** Consumers at work in this process. */
export interface RunningConsumers {
  /** Names of those held now. */
  readonly held: readonly string[];
  /** Lets what is under way end, and gives all back. */
  stop(): Promise<void>;
}

/** Between two rounds, in milliseconds: leases are renewed, lost ones noticed, free ones taken. */
const defaultRound = 1_000;

/** After a consumer failed, in milliseconds. */
const restartAfter = 1_000;

/** Holds this process's fair share of the consumers, and keeps them going. Any number of processes do the same. */
export function runConsumers(options: ConsumersOptions): RunningConsumers {
  const deliverer = new Deliverer(options);
  const running = deliverer.run();
  return {
    get held() {
      return deliverer.held;
    },
    stop: async () => {
      deliverer.stop();
      await running;
    },
  };
}

/** One consumer in this process's hands. */
interface Holding extends Taken {
  readonly ending: AbortController;
  readonly lost: AbortController;
  /** By the clock of this process, in milliseconds. */
  heldUntil: number;
  done: Promise<void>;
}

class Deliverer {
  readonly #id = randomUUID();
  readonly #options: ConsumersOptions;
  readonly #holdings = new Map<string, Holding>();
  /** Those that wait for what is under way under a lost lease to end. */
  readonly #leaving = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(options: ConsumersOptions) {
    this.#options = options;
  }

  get held(): readonly string[] {
    return [...this.#holdings.keys()];
  }

  stop(): void {
    this.#stopping.abort();
  }

  async run(): Promise<void> {
    const { database, log } = this.#options;
    const finished = new AbortController();
    const renewing = this.#everyRound(finished.signal, async () => this.#renew());
    await this.#everyRound(this.#stopping.signal, async () => this.#takeShare());
    await this.#release(this.#holdings.size);
    await Promise.all(this.#leaving);
    finished.abort();
    await renewing;
    await forgetDeliverer(database, this.#id).catch((error: unknown) => {
      log.debug({ err: error }, 'the deliverer could not be signed off; it counts as gone soon');
    });
  }

  /** While PostgreSQL is away that is said once, and leases that cannot be renewed end by our own clock. */
  async #everyRound(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    const { wakeUp, roundEvery = defaultRound } = this.#options;
    let isAway = false;
    while (!signal.aborted) {
      // What is changed during a round must begin the next one.
      let next = wakeUp.nextChange(roundEvery, signal);
      try {
        await work();
        isAway = false;
      } catch (error) {
        if (!isAway)
          this.#options.log.warn({ err: error }, 'the shared work cannot be looked at for the moment');
        isAway = true;
        // Whatever wakes meanwhile, PostgreSQL is not asked again and again.
        next = sleep(roundEvery, undefined, { signal }).catch(() => undefined);
      }
      this.#endOverdue();
      await next;
    }
  }

  async #takeShare(): Promise<void> {
    const { database } = this.#options;
    const share = fairShare(await reportAlive(database, this.#id));
    if (this.#holdings.size > share) await this.#release(this.#holdings.size - share);
    if (this.#holdings.size >= share) return;
    const asked = performance.now();
    for (const taken of await takeConsumers(database, this.#id, share - this.#holdings.size)) {
      this.#begin(taken, asked + leaseLength);
    }
  }

  async #renew(): Promise<void> {
    const holdings = [...this.#holdings.values()];
    const asked = performance.now();
    const kept = await renewLeases(this.#options.database, holdings);
    for (const holding of holdings) {
      if (kept.has(holding.consumer)) holding.heldUntil = asked + leaseLength;
      else {
        this.#lose(holding);
        this.#leave(holding);
      }
    }
  }

  #begin(taken: Taken, heldUntil: number): void {
    const ending = new AbortController();
    const lost = new AbortController();
    const holding: Holding = { ...taken, ending, lost, heldUntil, done: Promise.resolve() };
    const lease: Lease = {
      ...taken,
      signal: ending.signal,
      lost: lost.signal,
      isHeld: () => !lost.signal.aborted && performance.now() < holding.heldUntil,
    };
    const former = this.#holdings.get(taken.consumer);
    if (former !== undefined) this.#lose(former);
    this.#holdings.set(taken.consumer, holding);
    holding.done = (former?.done ?? Promise.resolve()).then(async () => this.#keepGoing(lease));
  }

  async #keepGoing(lease: Lease): Promise<void> {
    const { consumeBy, log } = this.#options;
    const consume = consumeBy(lease.consumer);
    // One that belongs to another version of the project is held and left alone, so that no one fights over it.
    if (consume === null) return;
    try {
      await consume(lease);
    } catch (error) {
      if (error instanceof LeaseLost || lease.signal.aborted) return;
      const isAway = error instanceof BatonError && errorCatalogue[error.code].retryable;
      log[isAway ? 'debug' : 'warn'](
        { err: error, consumer: lease.consumer },
        'a consumer failed; it begins again where it was',
      );
      await sleep(restartAfter, undefined, { signal: lease.signal }).catch(() => undefined);
    }
    if (!lease.signal.aborted) await this.#giveBack([lease]);
  }

  /** A lease that could not be renewed, because PostgreSQL is away, ends by our own clock. */
  #endOverdue(): void {
    for (const holding of this.#holdings.values()) {
      if (performance.now() >= holding.heldUntil) this.#lose(holding);
    }
  }

  #lose(holding: Holding): void {
    if (this.#holdings.get(holding.consumer) === holding) this.#holdings.delete(holding.consumer);
    holding.lost.abort();
    holding.ending.abort();
  }

  /** Where a change has taken the lease away, whoever is next waits for the end of what is under way here, and no longer. */
  #leave(holding: Holding): void {
    const leaving = holding.done
      .then(async () => leave(this.#options.database, holding))
      .catch((error: unknown) => {
        this.#options.log.debug({ err: error }, 'a lost lease could not be left; it ends by itself');
      })
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  /** Lets so many end what they have begun, then gives them back. Their leases go on meanwhile. */
  async #release(count: number): Promise<void> {
    const released = [...this.#holdings.values()].slice(0, count);
    for (const { ending } of released) ending.abort();
    await Promise.all(released.map(({ done }) => done));
    await this.#giveBack(released);
  }

  async #giveBack(released: readonly Pick<Taken, 'consumer' | 'epoch'>[]): Promise<void> {
    for (const { consumer, epoch } of released) {
      if (this.#holdings.get(consumer)?.epoch === epoch) this.#holdings.delete(consumer);
    }
    if (released.length === 0) return;
    await giveBack(this.#options.database, released).catch((error: unknown) => {
      this.#options.log.debug({ err: error }, 'leases could not be given back; they end by themselves');
    });
  }
}
