/** Takes one line about what is going on, for the person who waits. */
export type Report = (line: string) => void;

/** Seconds since a moment, as they stand in a line of progress: `1.4 s`. */
export function secondsSince(start: number): string {
  return `${((Date.now() - start) / 1_000).toFixed(1)} s`;
}
