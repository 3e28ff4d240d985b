import { type EventPattern, matchesPattern } from '../../core/event-pattern.ts';
import type { EventArrival, ListenOutcome } from '../../core/run-events.ts';

/** What a step waits for. */
export interface Wanted {
  readonly patterns: readonly EventPattern[];
  /** Whether an event is needed for each pattern, or the first for any of them will do. */
  readonly needsAll: boolean;
  /** Positions of events that the run has been given before. */
  readonly taken: readonly number[];
}

/** What a step that waits for events has heard so far. */
export class Hearing {
  readonly #wanted: Wanted;
  readonly #heard = new Map<number, EventArrival>();
  #isRegistered = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  /** A signal: it may come twice, or be meant for another wait of a step with this name. */
  arrive(arrival: EventArrival): void {
    const { part, position } = arrival;
    if (this.#heard.has(part) || this.#wanted.taken.includes(position) || !this.#fits(arrival)) return;
    this.#heard.set(part, arrival);
  }

  /** The log has been looked at: what it had already is earlier than what came meanwhile. */
  register({ found }: ListenOutcome): void {
    for (const arrival of found) this.#heard.set(arrival.part, arrival);
    this.#isRegistered = true;
  }

  fail(error: unknown): void {
    this.#failure = { error };
  }

  /** Whether the log has been looked at, or cannot be. */
  get isKnown(): boolean {
    return this.#isRegistered || this.#failure !== null;
  }

  /** Whether the step has what it waits for, or has failed. A signal counts only once the log has been looked at. */
  get isOver(): boolean {
    const { patterns, needsAll } = this.#wanted;
    if (this.#failure !== null) return true;
    return this.#isRegistered && this.#heard.size >= (needsAll ? patterns.length : 1);
  }

  /**
   * What was heard: of each pattern its event, in the order of the patterns; where any will do, the earliest alone.
   *
   * @throws what the step failed with
   */
  result(): readonly EventArrival[] {
    if (this.#failure !== null) throw this.#failure.error;
    const arrivals = [...this.#heard.values()];
    if (this.#wanted.needsAll) return arrivals.sort((left, right) => left.part - right.part);
    return arrivals.sort((left, right) => left.position - right.position).slice(0, 1);
  }

  #fits({ part, event, bytes }: EventArrival): boolean {
    const pattern = this.#wanted.patterns[part];
    if (pattern === undefined) return false;
    // What is too large comes without its data, and has been compared before.
    const { data, ...attributes } = pattern;
    return matchesPattern(bytes === undefined && data !== undefined ? pattern : attributes, event);
  }
}
