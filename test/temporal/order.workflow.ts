import { proxyActivities, sleep } from '@temporalio/workflow';

type Activities = Readonly<Record<string, () => Promise<void>>>;

/** Leaves many events: one call after another, then a long rest. */
export async function order(calls: number): Promise<void> {
  const activities = proxyActivities<Activities>({ startToCloseTimeout: '10 s' });
  for (let call = 0; call < calls; call += 1) await activities['inventory.reserve']?.();
  await sleep('1 hour');
}
