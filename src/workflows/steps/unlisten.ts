import { ActivityCancellationType, CancellationScope, proxyLocalActivities } from '@temporalio/workflow';

import { eventActivities, type UnlistenInput } from '../../core/run-events.ts';

/** In milliseconds: a run that is cancelled must not be held up by this. */
const patience = 2_000;

/**
 * Says that a step waits for no event any more, also in a run that is cancelled. Once and no more: a wait that is left
 * behind because the log is away does no harm, for an event that comes for it is of no use to the run and ends it then.
 */
export async function unlisten(step: string): Promise<void> {
  const activities = proxyLocalActivities<Record<string, (input: UnlistenInput) => Promise<void>>>({
    summary: step,
    startToCloseTimeout: patience,
    cancellationType: ActivityCancellationType.ABANDON,
    retry: { maximumAttempts: 1 },
  });
  const tell = activities[eventActivities.unlisten] as (input: UnlistenInput) => Promise<void>;
  await CancellationScope.nonCancellable(() => tell({ step })).catch(() => undefined);
}
