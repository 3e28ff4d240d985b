import type { Client, DescribeWorkflowExecutionResponse } from '@temporalio/client';

import { BatonError } from '../core/errors.ts';
import { askTemporal } from './ask-temporal.ts';
import { grpcStatus, grpcStatusOf } from './temporal-error.ts';

/**
 * Describes a run as it is now: its status, and what is pending with attempt, last failure and next time.
 *
 * @param runId one execution of the run; the newest when left out
 * @throws BatonError `run-not-found`, `temporal-unavailable`
 */
export async function describeRun(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<DescribeWorkflowExecutionResponse> {
  return askAboutRun(client, workflowId, () =>
    client.workflowService.describeWorkflowExecution({
      namespace: client.options.namespace,
      execution: { workflowId, ...(runId !== undefined && { runId }) },
    }),
  );
}

/** Makes one request about a run. */
export async function askAboutRun<T>(
  client: Client,
  workflowId: string,
  request: () => Promise<T>,
): Promise<T> {
  try {
    return await askTemporal(client, request);
  } catch (error) {
    if (grpcStatusOf(error) !== grpcStatus.notFound) throw error;
    throw new BatonError('run-not-found', `There is no run "${workflowId}"`, { cause: error });
  }
}
