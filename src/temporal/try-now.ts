import type { Client } from '@temporalio/client';

import { askAboutRun } from './describe-run.ts';

/**
 * Ends the wait of activities between two attempts. Temporal has no word for that; pausing one and letting it go on makes
 * it due at once, and keeps the count of its attempts, which a reset of it would begin anew.
 *
 * @throws BatonError `run-not-found` also where the activity has ended meanwhile; `temporal-unavailable`
 */
export async function tryNow(
  client: Client,
  { workflowId, activityIds }: { readonly workflowId: string; readonly activityIds: readonly string[] },
): Promise<void> {
  const of = { namespace: client.options.namespace, execution: { workflowId }, identity: 'baton' };
  for (const id of activityIds) {
    await askAboutRun(client, workflowId, () => client.workflowService.pauseActivity({ ...of, id }));
    await askAboutRun(client, workflowId, () => client.workflowService.unpauseActivity({ ...of, id }));
  }
}
