import type { ListenInput, ListenOutcome } from '../../core/run-events.ts';
import { type FoundEvent, toArrivals } from './to-arrivals.ts';

/**
 * Decides what a step is given of what the log has, and what it still waits for.
 *
 * @param found for each pattern the first event that fits it, where there is one
 */
export function toOutcome(
  { patterns, needsAll }: Pick<ListenInput, 'patterns' | 'needsAll'>,
  found: readonly FoundEvent[],
): ListenOutcome {
  const inOrder = found.toSorted((left, right) => left.recorded.position - right.recorded.position);
  const given = toArrivals(needsAll ? found : inOrder.slice(0, 1));
  const parts = new Set(given.map(({ part }) => part));
  const missing = patterns
    .map((pattern, part) => ({ ...pattern, part }))
    .filter(({ part }) => !parts.has(part));
  return { found: given, awaited: !needsAll && given.length > 0 ? [] : missing, needsAll };
}
