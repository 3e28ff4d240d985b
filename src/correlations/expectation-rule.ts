import type { EventFilter } from '../core/event-filter.ts';

/** That after an event of one type another one is expected, which someone else makes. */
export interface ExpectationRule {
  readonly name: string;
  /** The type of the event that is to be reacted to. */
  readonly after: string;
  /** Attributes that this event must have for the rule to apply. */
  readonly where: NonNullable<EventFilter['attributes']>;
  /** Types of events: one of any of them is a reaction. */
  readonly expect: readonly string[];
  /** Milliseconds. */
  readonly within: number;
}
