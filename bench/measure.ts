/** How one way of doing a thing fared in one round. */
export interface Round {
  /** Of each run, in milliseconds. */
  readonly latencies: readonly number[];
  /** Of the whole round, in milliseconds. */
  readonly elapsed: number;
}

/** Runs a task so many times, so many of them at once, and notes how long each took. */
export async function measureRound(
  task: () => Promise<unknown>,
  { runs, concurrency }: { runs: number; concurrency: number },
): Promise<Round> {
  const latencies: number[] = [];
  let left = runs;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const begin = performance.now();
      await task();
      latencies.push(performance.now() - begin);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { latencies, elapsed: performance.now() - begin };
}

export interface Summary {
  readonly runsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Sums rounds up; the rate is the median of the rounds', so that one disturbed round does not count. */
export function summarise(rounds: readonly Round[]): Summary {
  const latencies = rounds.flatMap((round) => round.latencies);
  const rates = rounds.map((round) => (round.latencies.length * 1_000) / round.elapsed);
  return {
    runsPerSecond: percentile(rates, 0.5),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
}

/** @returns the smallest value that at least this share of the values does not exceed; 0 of none */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/**
 * The median of the ratios round by round: both sides of a ratio were measured within seconds of each other, so that a
 * machine that gets slower or faster meanwhile does not tilt it.
 */
export function medianRatio(ours: readonly Round[], theirs: readonly Round[]): number {
  const rate = (round: Round | undefined): number =>
    round === undefined ? 0 : round.latencies.length / round.elapsed;
  return percentile(
    ours.map((round, index) => rate(round) / rate(theirs[index])),
    0.5,
  );
}
