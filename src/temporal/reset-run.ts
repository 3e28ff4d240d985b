import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

import { askAboutRun } from './describe-run.ts';
import type { HistoryEvent } from './read-history.ts';

const { WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW } = proto.temporal.api.enums.v1.WorkflowTaskFailedCause;

/** Which execution goes on from where. */
export interface Reset {
  readonly workflowId: string;
  readonly runId: string;
  /** Of the workflow task that is done again. */
  readonly eventId: NonNullable<HistoryEvent['eventId']>;
  /** Kept in the history of the new execution. */
  readonly reason: string;
  /** The same request resets once. */
  readonly requestId: string;
}

/**
 * Lets a run go on from an earlier workflow task, in a new execution that has the history up to there. Messages that came
 * later come again: the decision that was taken just before the failed step is part of the task that is done again. What
 * no longer fits, such as a word on a step that is not stuck now, the run refuses as it would any day.
 *
 * @throws BatonError `run-not-found`, `temporal-unavailable`
 */
export async function resetRun(client: Client, reset: Reset): Promise<void> {
  await askAboutRun(client, reset.workflowId, () =>
    client.workflowService.resetWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId: reset.workflowId, runId: reset.runId },
      workflowTaskFinishEventId: reset.eventId,
      reason: reset.reason,
      requestId: reset.requestId,
    }),
  );
}

/** Why an execution was reset, the latest time first. */
export function resetReasons(history: readonly HistoryEvent[]): readonly string[] {
  return history.flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
    failed?.cause === WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW ? [failed.failure?.message ?? ''] : [],
  );
}
