import { vi } from 'vitest';

/** Waits until `check` throws no more; long enough for a machine that has much else to do. */
export async function until(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 30_000, interval: 20 });
}
