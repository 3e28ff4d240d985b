import { EventEmitter, once, setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import PQueue from 'p-queue';

import type { DeliveryError } from '../../core/delivery-resource.ts';
import { keepCursor } from '../consumers/keep-cursor.ts';
import { type Lease, saveCursor } from '../consumers/lease.ts';
import type { Database } from '../database.ts';
import { followEvents } from '../follow-events.ts';
import type { EventPage } from '../read-events.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { WakeUp } from '../wake-up.ts';
import { type Attempt, attemptDelivery, type Deliver } from './attempt-delivery.ts';
import { type DeliveryOutcome, type NextStep, nextStep } from './delivery-outcome.ts';
import { type DeliveryRecord, type DeliveryStore, openDeliveryStore } from './delivery-store.ts';
import { type Item, Lane, laneKey } from './lane.ts';
import { Progress } from './progress.ts';
import type { Subscription } from './subscription.ts';

/** How an attempt ended: what it handed over is taken, is tried again, or waits for a person. */
export type AttemptEnd = 'delivered' | 'retried' | 'parked';

export interface DeliveryOptions {
  readonly database: Database;
  readonly wakeUp: WakeUp;
  readonly deliver: Deliver;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  /** Told of each attempt that was made to its end, and how many seconds it took. */
  readonly onAttempt?: (end: AttemptEnd, seconds: number) => void;
}

/** Attempts of one subscription at a time. */
const concurrency = 16;

/** So many events are under way before the log is read on. */
const window = 200;

/** So many events that failed, or wait behind one that did, are held before the log is read on: the rest is safe there. */
const backlog = 2_000;

/**
 * Delivers the events of a subscription until the lease ends: at least once, in order for each subject. An event that
 * fails is tried again by the retry policy and holds up its own subject only; one that has used it up is parked, and its
 * subject waits for a person.
 *
 * @throws LeaseLost; BatonError `database-unavailable`
 */
export async function deliverSubscription(
  subscription: Subscription,
  lease: Lease,
  options: DeliveryOptions,
): Promise<void> {
  await new SubscriptionDelivery(subscription, lease, options).run();
}

type Failed = Extract<DeliveryOutcome, { kind: 'failed' }>;

const ends = { retrying: 'retried', parked: 'parked' } as const satisfies Record<
  NextStep['state'],
  AttemptEnd
>;

class SubscriptionDelivery {
  readonly #subscription: Subscription;
  readonly #lease: Lease;
  readonly #options: DeliveryOptions;
  readonly #store: DeliveryStore;
  readonly #progress: Progress;
  readonly #lanes = new Map<string, Lane>();
  readonly #attempts = new PQueue({ concurrency });
  /** One after the other, so that a row is never removed before it is written. */
  readonly #writes = new PQueue({ concurrency: 1 });
  readonly #working = new Set<Promise<void>>();
  /** Positions behind the cursor that a former holder has left rows of: they are not to be taken from the log as well. */
  readonly #resumed = new Set<number>();
  /** Events in lanes that have a row. */
  #held = 0;
  readonly #moved = new EventEmitter();
  readonly #failed = new AbortController();
  /** No further attempt is begun: the lease's end, or the first failure of our own. */
  readonly #ending: AbortSignal;

  constructor(subscription: Subscription, lease: Lease, options: DeliveryOptions) {
    this.#subscription = subscription;
    this.#lease = lease;
    this.#options = options;
    this.#store = openDeliveryStore(options.database, subscription.name, lease);
    this.#progress = new Progress(lease.cursor);
    this.#ending = AbortSignal.any([lease.signal, this.#failed.signal]);
    // Each lane whose first event waits for its next attempt listens to it.
    setMaxListeners(0, this.#ending);
  }

  async run(): Promise<void> {
    await this.#resume();
    this.#background(
      keepCursor({
        ...{ database: this.#options.database, lease: this.#lease, progress: this.#progress },
        ...{ moved: this.#moved, signal: this.#ending },
      }),
    );
    try {
      await this.#read();
    } catch (error) {
      this.#fail(error);
    }
    await Promise.all(this.#working);
    if (this.#failed.signal.aborted) throw this.#failed.signal.reason;
    await saveCursor(this.#options.database, this.#lease, this.#progress.cursor);
  }

  async #resume(): Promise<void> {
    const now = performance.now();
    for (const open of await this.#store.load()) {
      this.#resumed.add(open.recorded.position);
      this.#laneOf(open.recorded).resume(open, now);
    }
    for (const lane of this.#lanes.values()) {
      this.#held += lane.length;
      this.#work(lane);
    }
  }

  async #read(): Promise<void> {
    const { database, wakeUp } = this.#options;
    const { filter } = this.#subscription;
    const follow = { database, wakeUp, filter, after: this.#lease.cursor, signal: this.#ending };
    for await (const page of followEvents(follow)) {
      this.#take(page);
      while (this.#isFull() && !this.#ending.aborted) {
        await once(this.#moved, 'moved', { signal: this.#ending }).catch(() => undefined);
      }
    }
  }

  #take({ events, next }: EventPage): void {
    const waiting: Item[] = [];
    for (const recorded of events) {
      if (this.#resumed.has(recorded.position)) continue;
      this.#progress.begin(recorded.position);
      const lane = this.#laneOf(recorded);
      const item = lane.add(recorded);
      if (lane.isHeldUp) waiting.push(item);
      if (lane.isHeldUp && !lane.isParked) this.#held += 1;
      this.#work(lane);
    }
    this.#progress.readTo(next);
    this.#moved.emit('moved');
    if (waiting.length > 0)
      this.#background(this.#record(waiting.map((item) => [item, waitingBehind(item)])));
  }

  #isFull(): boolean {
    return this.#progress.underWay >= window || this.#held >= backlog;
  }

  #laneOf(recorded: RecordedEvent): Lane {
    const key = laneKey(recorded);
    const lane = this.#lanes.get(key) ?? new Lane(key);
    this.#lanes.set(key, lane);
    return lane;
  }

  /** Sets someone to work on the lane where no one is. */
  #work(lane: Lane): void {
    if (lane.isBusy || lane.isParked) return;
    lane.isBusy = true;
    this.#background(
      this.#workOff(lane).finally(() => {
        lane.isBusy = false;
      }),
    );
  }

  async #workOff(lane: Lane): Promise<void> {
    for (let item = lane.head; item !== undefined; item = lane.head) {
      const wait = item.dueAt - performance.now();
      if (wait > 0) await sleep(wait, undefined, { signal: this.#ending }).catch(() => undefined);
      const attempt = await this.#attempt(item);
      if (attempt === null) return;
      const { outcome, seconds } = attempt;
      const next = outcome.kind === 'delivered' ? null : this.#nextOf(item, outcome);
      this.#options.onAttempt?.(next === null ? 'delivered' : ends[next.state], seconds);
      if (outcome.kind === 'delivered' || next === null) await this.#settle(lane, item);
      else await this.#holdUp(lane, item, { next, error: outcome.error });
    }
    if (!lane.isParked) this.#lanes.delete(lane.subject);
  }

  /** @returns `null` where no attempt is made any more */
  async #attempt({ recorded, attempts }: Item): Promise<Attempt | null> {
    return this.#attempts.add(async () => {
      if (this.#ending.aborted || !this.#lease.isHeld()) return null;
      const signal = AbortSignal.any([this.#lease.lost, this.#failed.signal]);
      return attemptDelivery(this.#options.deliver, recorded, { attempt: attempts + 1, signal });
    });
  }

  async #settle(lane: Lane, item: Item): Promise<void> {
    lane.shift();
    if (item.hasRow) {
      this.#held -= 1;
      await this.#writes.add(async () => this.#store.remove(item.recorded.position));
    }
    this.#progress.settle(item.recorded.position);
    this.#moved.emit('moved');
  }

  #nextOf(item: Item, outcome: Failed): NextStep {
    const policy = this.#subscription.retry;
    return nextStep(outcome, { policy, attempt: item.attempts + 1, random: this.#options.random() });
  }

  async #holdUp(
    lane: Lane,
    item: Item,
    { next, error }: { readonly next: NextStep; readonly error: DeliveryError },
  ): Promise<void> {
    item.attempts += 1;
    const followers = lane.followersWithoutRow;
    this.#held += followers.length + (item.hasRow ? 0 : 1);
    if (next.state === 'retrying') lane.holdUp(performance.now() + next.delay);
    else this.#held -= lane.park();
    const record: DeliveryRecord = {
      position: item.recorded.position,
      state: next.state,
      attempts: item.attempts,
      dueIn: next.state === 'retrying' ? next.delay : null,
      error,
    };
    await this.#record([
      [item, record],
      ...followers.map((follower) => [follower, waitingBehind(follower)] as const),
    ]);
  }

  /** Gives events rows of their own; from then on the cursor may pass them. */
  async #record(records: readonly (readonly [Item, DeliveryRecord])[]): Promise<void> {
    for (const [item] of records) item.hasRow = true;
    await this.#writes.add(async () => this.#store.record(records.map(([, record]) => record)));
    for (const [item] of records) this.#progress.settle(item.recorded.position);
    this.#moved.emit('moved');
  }

  #background(work: Promise<void>): void {
    const watched = work
      .catch((error: unknown) => {
        this.#fail(error);
      })
      .finally(() => this.#working.delete(watched));
    this.#working.add(watched);
  }

  #fail(error: unknown): void {
    this.#failed.abort(error);
  }
}

function waitingBehind({ recorded: { position } }: Item): DeliveryRecord {
  return { position, state: 'waiting', attempts: 0, dueIn: null, error: null };
}
