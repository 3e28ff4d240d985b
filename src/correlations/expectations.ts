import { matchesFilter } from '../core/event-filter.ts';
import { causeOf } from './cause-of.ts';
import type { ExpectationRule } from './expectation-rule.ts';
import type { CorrelatedEvent } from './material.ts';

export interface Expectation {
  /** The rule's name. */
  readonly rule: string;
  /** Position of the event that is to be reacted to. */
  readonly event: number;
  /** The rule's, so that a reader needs no other source: types, and milliseconds. */
  readonly after: string;
  readonly expect: readonly string[];
  readonly within: number;
  /** A reaction counts as `met` whenever it comes; whether it was late is seen from the deadline. */
  readonly status: 'met' | 'awaited' | 'overdue';
  /** Position of the first reaction. */
  readonly by: number | null;
  readonly deadline: string;
}

/**
 * What the rules expect after the events of one business key.
 *
 * @param events all that are known, in the order of their positions: none that came later may be missing
 * @param now milliseconds since 1970, by the clock of the log
 */
export function checkExpectations(
  events: readonly CorrelatedEvent[],
  rules: readonly ExpectationRule[],
  now: number,
): readonly Expectation[] {
  return rules
    .flatMap((rule) => {
      const { name, after, where, expect, within } = rule;
      const triggers = events.filter(({ event }) =>
        matchesFilter({ types: [after], attributes: where }, event),
      );
      const reactions = events.filter(({ event }) => expect.includes(event.type));
      return triggers.map((trigger): Expectation => {
        const deadline = Date.parse(trigger.recordedAt) + within;
        const by = reactions.find((reaction) => answers(reaction, trigger, { triggers, events }));
        return {
          ...{ rule: name, event: trigger.position, after, expect, within },
          status: by !== undefined ? 'met' : now > deadline ? 'overdue' : 'awaited',
          by: by?.position ?? null,
          deadline: new Date(deadline).toISOString(),
        };
      });
    })
    .toSorted((left, right) => left.event - right.event);
}

/**
 * Whether an event is a reaction to this trigger. All of them have the key in common; where a rule applies to several, a
 * reaction belongs to the one that it names as its cause, else to those of its subject, else to any before it.
 */
function answers(
  reaction: CorrelatedEvent,
  trigger: CorrelatedEvent,
  {
    triggers,
    events,
  }: { readonly triggers: readonly CorrelatedEvent[]; readonly events: readonly CorrelatedEvent[] },
): boolean {
  if (reaction.position <= trigger.position) return false;
  const cause = causeOf(reaction, events);
  if (cause !== null && triggers.includes(cause)) return cause === trigger;
  const { subject } = reaction.event;
  const isOfSubject = (other: CorrelatedEvent): boolean => other.event.subject === subject;
  return subject === undefined || !triggers.some(isOfSubject) || isOfSubject(trigger);
}
