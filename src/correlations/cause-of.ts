import type { CorrelatedEvent } from './material.ts';

/**
 * The event that another one names as its cause (`causationid`, of CloudEvents' extension Correlation). That is an id
 * without a source, and several sources may use the same: the latest before it is meant, else the first after it, for
 * producers may append late.
 *
 * @param events in the order of their positions
 * @returns `null` where it names none, or one that is not among these
 */
export function causeOf(effect: CorrelatedEvent, events: readonly CorrelatedEvent[]): CorrelatedEvent | null {
  const { causationid } = effect.event;
  if (typeof causationid !== 'string') return null;
  const candidates = events.filter((one) => one.event.id === causationid && one !== effect);
  const before = candidates.findLast(({ position }) => position < effect.position);
  return before ?? candidates[0] ?? null;
}
