import type { Client, DescribeWorkflowExecutionResponse } from '@temporalio/client';

import { countWorkers } from './count-workers.ts';
import { describeRun } from './describe-run.ts';
import { type HistoryEvent, type HistorySource, readHistory } from './read-history.ts';

/** What Temporal keeps of a run, read so that both parts show the same moment. */
export interface RunRecord {
  readonly description: DescribeWorkflowExecutionResponse;
  readonly history: readonly HistoryEvent[];
  /** Workers that ask the run's task queue for work; `null` for a run that has ended, or when Temporal does not tell. */
  readonly taskQueuePollers: number | null;
}

/**
 * Reads the newest execution of a run as it was at one moment, also while it moves.
 *
 * @throws BatonError `run-not-found`, `temporal-unavailable`
 */
export async function readRun(
  client: Client,
  workflowId: string,
  options: Pick<HistorySource, 'pageSize'> = {},
): Promise<RunRecord> {
  const description = await describeRun(client, workflowId);
  const info = description.workflowExecutionInfo;
  const runId = info?.execution?.runId ?? undefined;
  const [history, taskQueuePollers] = await Promise.all([
    readHistory(client, { workflowId, runId, ...options }),
    countWorkers(client, description),
  ]);
  // History only grows. What came after the description would contradict what it says is pending.
  const eventCount = Number(info?.historyLength ?? 0) || history.length;
  return { description, history: history.slice(0, eventCount), taskQueuePollers };
}
