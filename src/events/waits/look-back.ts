import { type EventPattern, matchesPattern, toFilter } from '../../core/event-pattern.ts';
import type { Queryable } from '../database.ts';
import { readEvents } from '../read-events.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { FoundEvent } from './to-arrivals.ts';

/** So many events are read at once where their data decides. */
const pageSize = 50;

interface LookBack {
  readonly patterns: readonly EventPattern[];
  readonly after: number;
  readonly taken: readonly number[];
}

/**
 * Looks for events in the log that a run waits for, behind a position.
 *
 * @returns for each pattern the first that fits it, where there is one
 */
export async function lookBack(
  database: Queryable,
  { patterns, ...range }: LookBack,
): Promise<readonly FoundEvent[]> {
  const found: FoundEvent[] = [];
  for (const [part, pattern] of patterns.entries()) {
    const recorded = await findFirst(database, pattern, range);
    if (recorded !== null) found.push({ part, recorded });
  }
  return found;
}

async function findFirst(
  database: Queryable,
  pattern: EventPattern,
  range: Pick<LookBack, 'after' | 'taken'>,
): Promise<RecordedEvent | null> {
  const taken = new Set(range.taken);
  const limit = pattern.data === undefined ? Math.min(taken.size + 1, pageSize) : pageSize;
  for (let after = range.after; ;) {
    const { events, next } = await readEvents(database, { after, filter: toFilter(pattern), limit });
    const first = events.find(
      ({ position, event }) => !taken.has(position) && matchesPattern(pattern, event),
    );
    if (first !== undefined) return first;
    if (events.length < limit) return null;
    after = next;
  }
}
