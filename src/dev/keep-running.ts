import { setTimeout as sleep } from 'node:timers/promises';

import type { Running } from './child-process.ts';
import type { Report } from './report.ts';

export interface KeepOptions<R extends Running> {
  /** What it is called in reports. */
  readonly name: string;
  /** Starts it and waits until it is ready. */
  readonly start: () => Promise<R>;
  readonly report: Report;
}

/** A program that is started again whenever it ends. */
export interface Kept<R extends Running> {
  /** As it runs now, or ran last. */
  current(): R;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** Pause before a new start, in milliseconds: it doubles, and is short again after a steady time. */
const pause = { first: 200, longest: 10_000, steady: 30_000 };

/** How long to wait before the next start of a program that ran for so long after the given pause; milliseconds. */
export function nextPause(previous: number | null, ranFor: number): number {
  if (previous === null || ranFor >= pause.steady) return pause.first;
  return Math.min(previous * 2, pause.longest);
}

/**
 * Starts a program and starts it again when it ends by itself, with a growing pause.
 *
 * @throws whatever the first start throws: what never ran is a fault to be shown, not to be tried for ever
 */
export async function keepRunning<R extends Running>(options: KeepOptions<R>): Promise<Kept<R>> {
  const { name, start, report } = options;
  let current = await start();
  const stopping = new AbortController();
  const isWanted = (): boolean => !stopping.signal.aborted;

  /** @returns how it ended */
  const runAgain = async (): Promise<string> => {
    try {
      current = await start();
    } catch (error) {
      // A report is one line; what follows is the end of a log, which is on disk.
      return String(error instanceof Error ? error.message : error)
        .split('\n', 1)
        .join();
    }
    // The stop may have come while it started.
    if (!isWanted()) await current.stop();
    return current.exited;
  };
  const watch = async (): Promise<void> => {
    let since = Date.now();
    let delay: number | null = null;
    let how = await current.exited;
    while (isWanted()) {
      delay = nextPause(delay, Date.now() - since);
      report(`${name}: ended with ${how}; starting it again in ${(delay / 1_000).toFixed(1)} s`);
      await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!isWanted()) return;
      since = Date.now();
      how = await runAgain();
    }
  };
  const watching = watch();
  return {
    current: () => current,
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
    },
  };
}
