import type { Client, WorkflowExecutionInfo } from '@temporalio/client';

import { askTemporal } from './ask-temporal.ts';

type ExecutionInfo = WorkflowExecutionInfo['raw'];

/** So many runs are named in one query, whose length a server limits. */
const runsPerQuery = 500;

/** So many executions come in one answer at most. */
const pageSize = 1_000;

/**
 * Finds the executions that runs have left behind: Temporal's visibility has a run that was reset, or continued as new,
 * once for each execution.
 *
 * @returns all but the newest of each run, by execution id
 * @throws BatonError `temporal-unavailable`
 */
export async function supersededExecutions(
  client: Client,
  workflowIds: readonly string[],
): Promise<ReadonlyMap<string, ExecutionInfo>> {
  const superseded = new Map<string, ExecutionInfo>();
  for (let from = 0; from < workflowIds.length; from += runsPerQuery) {
    const names = workflowIds
      .slice(from, from + runsPerQuery)
      .map(quote)
      .join(', ');
    const newest = new Map<string, ExecutionInfo>();
    for await (const info of executions(client, `WorkflowId IN (${names})`)) {
      const known = newest.get(info.execution?.workflowId ?? '');
      const isNewer = known === undefined || startOf(known) < startOf(info);
      if (isNewer) newest.set(info.execution?.workflowId ?? '', info);
      const older = isNewer ? known : info;
      if (older !== undefined) superseded.set(older.execution?.runId ?? '', older);
    }
  }
  return superseded;
}

/**
 * All executions that a query finds in Temporal's visibility.
 *
 * @throws BatonError `temporal-unavailable`
 */
export async function* executions(client: Client, query: string): AsyncGenerator<ExecutionInfo, void> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await askTemporal(client, () =>
      client.workflowService.listWorkflowExecutions({
        namespace: client.options.namespace,
        query,
        pageSize,
        ...(nextPageToken !== undefined && { nextPageToken }),
      }),
    );
    yield* page.executions;
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
}

/** Milliseconds since 1970. */
function startOf({ startTime }: ExecutionInfo): number {
  return Number(startTime?.seconds ?? 0) * 1_000 + (startTime?.nanos ?? 0) / 1_000_000;
}

function quote(id: string): string {
  return `'${id.replaceAll(/['\\]/g, '\\$&')}'`;
}
