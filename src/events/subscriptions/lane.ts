import type { RecordedEvent } from '../recorded-event.ts';
import type { OpenDelivery } from './delivery-store.ts';

/** One event on its way to the target. */
export interface Item {
  readonly recorded: RecordedEvent;
  /** Made so far. */
  attempts: number;
  /** By the clock of this process, in milliseconds; not to be tried before. */
  dueAt: number;
  /** It has a row among the open deliveries: the cursor may pass it. */
  hasRow: boolean;
}

/** The events of one subject, one after the other. */
export class Lane {
  readonly subject: string;
  readonly #items: Item[] = [];
  #isParked = false;
  #isHeldUp = false;
  /** Someone works on it. */
  isBusy = false;

  constructor(subject: string) {
    this.subject = subject;
  }

  get length(): number {
    return this.#items.length;
  }

  get head(): Item | undefined {
    return this.#items[0];
  }

  /** Its first event waits for a person; what comes behind is kept in the database only. */
  get isParked(): boolean {
    return this.#isParked;
  }

  /** Its first event has failed: what comes behind waits for long, perhaps. */
  get isHeldUp(): boolean {
    return this.#isHeldUp;
  }

  /** What has no row yet among those behind the first. */
  get followersWithoutRow(): readonly Item[] {
    return this.#items.slice(1).filter(({ hasRow }) => !hasRow);
  }

  add(recorded: RecordedEvent): Item {
    const item: Item = { recorded, attempts: 0, dueAt: 0, hasRow: false };
    if (!this.#isParked) this.#items.push(item);
    return item;
  }

  /** Takes up what a former holder has left, in the order of the log. */
  resume({ recorded, state, attempts, dueIn }: OpenDelivery, now: number): void {
    if (this.#isParked) return;
    if (state === 'parked') this.park();
    else {
      this.#items.push({ recorded, attempts, dueAt: now + dueIn, hasRow: true });
      this.#isHeldUp ||= attempts > 0;
    }
  }

  /** The first one is delivered. */
  shift(): void {
    this.#items.shift();
    this.#isHeldUp = false;
  }

  /** The first one failed and is tried again. */
  holdUp(dueAt: number): void {
    if (this.head !== undefined) this.head.dueAt = dueAt;
    this.#isHeldUp = true;
  }

  /** @returns how many events are left to the database */
  park(): number {
    this.#isParked = true;
    this.#isHeldUp = true;
    return this.#items.splice(0).length;
  }
}

/** Events of one subject share a lane; one without a subject has a lane of its own, and holds nobody up. */
export function laneKey({ position, event }: RecordedEvent): string {
  return event.subject === undefined ? `position ${position}` : `subject ${event.subject}`;
}
