import { setTimeout as sleep } from 'node:timers/promises';

/** Reads again and again until the value is as it should be; the test's own time limit ends a wait in vain. */
export async function until<T>(read: () => Promise<T>, isReady: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isReady(value)) return value;
    await sleep(20);
  }
}
