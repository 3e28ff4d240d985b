import PQueue from 'p-queue';

import type { Bulkhead } from '../services/catalogue.ts';

/** Lets the calls of one worker to one service through, as many at once and as fast as the service wants. */
export interface CallLimiter {
  /** @throws what `signal` is aborted with while the task waits for its turn */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** A slow service fills its own queue and no other's. The limits hold for this worker; several workers add up. */
export function createBulkhead({ concurrency, rate }: Bulkhead): CallLimiter {
  const queue = new PQueue({
    concurrency,
    ...(rate !== null && { ...toInterval(rate), strict: true }),
  });
  return {
    run: (task, signal) => queue.add(task, { signal }),
  };
}

/** The queue counts whole calls: a rate of 0.5 a second is 1 in 2 seconds. */
function toInterval(rate: number): { readonly intervalCap: number; readonly interval: number } {
  const intervalCap = Math.ceil(rate);
  return { intervalCap, interval: (1_000 * intervalCap) / rate };
}
