import { setTimeout as sleep } from 'node:timers/promises';

export interface Wait {
  /** Asked again and again, until it says yes. */
  readonly ready: () => Promise<boolean>;
  /** How it ended, if what is waited for ends before. */
  readonly exited: Promise<string>;
  /** Longest wait, in milliseconds. */
  readonly limit: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for a program to be ready.
 *
 * @throws Error when it ends, or takes longer than the limit; the signal's reason
 */
export async function waitUntilReady({ ready, exited, limit, signal }: Wait): Promise<void> {
  const ended: string[] = [];
  void exited.then((how) => ended.push(how));
  const deadline = Date.now() + limit;
  for (;;) {
    signal?.throwIfAborted();
    if (await ready()) return;
    if (ended[0] !== undefined) throw new Error(`it ended with ${ended[0]}`);
    if (Date.now() > deadline) throw new Error(`it was not ready after ${limit / 1_000} s`);
    await sleep(25);
  }
}
