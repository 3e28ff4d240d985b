/** What a run has taken of the log. */
export interface TakenPositions {
  /** Up to here the run looks at nothing any more; `null`: not so far. */
  readonly floor: number | null;
  /** Positions of events behind that, in their order. */
  readonly positions: readonly number[];
}

/**
 * So many events are remembered one by one. With the next one the run passes the earliest of them for good, so that what it
 * sends along with each step stays small. It then no longer finds an event before that which it has not asked for so far.
 */
const mostPositions = 500;

export function addTaken(known: TakenPositions, positions: readonly number[]): TakenPositions {
  const all = [...new Set([...known.positions, ...positions])].sort((left, right) => left - right);
  const passed = all.slice(0, Math.max(0, all.length - mostPositions));
  return { floor: passed.at(-1) ?? known.floor, positions: all.slice(passed.length) };
}
