import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition; the test's own time limit ends a wait in vain. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}
