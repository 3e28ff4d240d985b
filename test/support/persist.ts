import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tries something again and again until it succeeds; usable outside of a test too.
 *
 * @param limit milliseconds after which the last failure counts
 */
export async function persist<T>(attempt: () => Promise<T>, limit = 30_000): Promise<T> {
  const deadline = Date.now() + limit;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}
