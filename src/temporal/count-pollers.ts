import type { Client } from '@temporalio/client';

import { askTemporal } from './ask-temporal.ts';
import { listSilentWorkers } from './silent-workers.ts';
import { grpcStatus, grpcStatusOf } from './temporal-error.ts';

/**
 * How long ago a worker may have asked last, in milliseconds. An idle worker's request is held for a minute before it
 * asks again; Temporal itself lists a worker for five minutes after its death.
 */
const pollerAge = 70_000;

/**
 * Counts the workers that ask a task queue for the tasks of runs.
 *
 * A worker that was killed counts for up to 70 seconds more; where the server takes the heart-beats of workers, until
 * three of them are missing. One that was stopped counts no longer, there, as soon as it says so.
 *
 * @returns `null` where the server does not tell, as the time-skipping test server does not
 * @throws BatonError `temporal-unavailable`
 */
export async function countPollers(client: Client, taskQueue: string): Promise<number | null> {
  const now = Date.now();
  try {
    return await askTemporal(client, async () => {
      const [{ pollers }, silent] = await Promise.all([
        client.workflowService.describeTaskQueue({
          namespace: client.options.namespace,
          taskQueue: { name: taskQueue },
        }),
        listSilentWorkers(client, taskQueue, now),
      ]);
      return pollers.filter(({ identity, lastAccessTime }) => {
        const asked = Number(lastAccessTime?.seconds ?? 0) * 1_000;
        return now - asked <= pollerAge && asked > (silent.get(identity ?? '') ?? 0);
      }).length;
    });
  } catch (error) {
    if (grpcStatusOf(error) === grpcStatus.unimplemented) return null;
    throw error;
  }
}
