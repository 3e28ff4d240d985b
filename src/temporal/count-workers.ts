import type { Client, DescribeWorkflowExecutionResponse } from '@temporalio/client';

import { countPollers } from './count-pollers.ts';

const open = 1;

/** Workers that ask an open run's task queue for work; `null` for a run that has ended, or when Temporal does not tell. */
export async function countWorkers(
  client: Client,
  { workflowExecutionInfo: info }: DescribeWorkflowExecutionResponse,
): Promise<number | null> {
  const status: number = info?.status ?? open;
  const taskQueue = info?.taskQueue ?? '';
  return status === open && taskQueue !== '' ? countPollers(client, taskQueue) : null;
}
