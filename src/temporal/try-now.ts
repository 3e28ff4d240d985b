import type { Client } from '@temporalio/client';

import { BatonError } from '../core/errors.ts';
import { askAboutRun } from './describe-run.ts';

/**
 * Ends the wait of activities between two attempts. Temporal has no word for that; pausing one and letting it go on makes
 * it due at once, and keeps the count of its attempts, which a reset of it would begin anew. One that is left paused, as
 * where this process dies in between, is due at once when this is done again.
 *
 * @returns those that were there still
 * @throws BatonError `temporal-unavailable`
 */
export async function tryNow(
  client: Client,
  { workflowId, activityIds }: { readonly workflowId: string; readonly activityIds: readonly string[] },
): Promise<readonly string[]> {
  const of = { namespace: client.options.namespace, execution: { workflowId }, identity: 'baton' };
  const due: string[] = [];
  for (const id of activityIds) {
    try {
      await askAboutRun(client, workflowId, () => client.workflowService.pauseActivity({ ...of, id }));
      await askAboutRun(client, workflowId, () => client.workflowService.unpauseActivity({ ...of, id }));
      due.push(id);
    } catch (error) {
      // Temporal says so too of an activity that has ended meanwhile.
      if (!(error instanceof BatonError) || error.code !== 'run-not-found') throw error;
    }
  }
  return due;
}
