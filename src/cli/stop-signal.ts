/** A request to stop that a person or a supervisor has made. */
export interface StopSignal {
  /** Resolves with the signal's name at the first SIGINT or SIGTERM. */
  readonly requested: Promise<NodeJS.Signals>;
  /** Aborted at the same moment. */
  readonly signal: AbortSignal;
}

/**
 * One press of Ctrl-C may arrive twice, from the terminal and from a parent such as npm that passes it on. What comes
 * later than this, in milliseconds, is a second press.
 */
const echo = 1_000;

/** Listens for Ctrl-C and for a supervisor's SIGTERM. The first asks for a clean stop, a second one ends at once. */
export function listenForStop(): StopSignal {
  const stopping = new AbortController();
  const requested = new Promise<NodeJS.Signals>((resolve) => {
    let since: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (since !== undefined && performance.now() - since > echo)
          process.exit(signal === 'SIGINT' ? 130 : 143);
        since ??= performance.now();
        resolve(signal);
        stopping.abort();
      });
    }
  });
  return { requested, signal: stopping.signal };
}

/** Runs something until it ends or is asked to stop. A stop that comes while it starts gives the start up: no failure. */
export async function runUntilStopped(run: (stop: StopSignal) => Promise<void>): Promise<void> {
  const stop = listenForStop();
  try {
    await run(stop);
  } catch (error) {
    const isGivenUp = error instanceof Error && error.name === 'AbortError';
    if (!stop.signal.aborted || !isGivenUp) throw error;
  }
}
