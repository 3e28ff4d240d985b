import { sleep } from '@temporalio/workflow';

/** A run that no test could wait for without skipping time. */
export async function sleepForAMonth(): Promise<void> {
  await sleep('30 days');
}
