import type { Client } from '@temporalio/client';

import { askTemporal } from './ask-temporal.ts';

/** So many executions come in one answer at most. */
const pageSize = 1_000;

interface Listed {
  readonly runId: string;
  readonly startedAt: number;
}

/**
 * Finds the newest execution of each run in Temporal's visibility: a run that was reset is there once for each execution.
 *
 * @returns execution ids by run
 * @throws BatonError `temporal-unavailable`
 */
export async function newestExecutions(
  client: Client,
  workflowIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const newest = new Map<string, Listed>();
  if (workflowIds.length === 0) return new Map();
  const query = `WorkflowId IN (${workflowIds.map((id) => `'${id.replaceAll(/['\\]/g, '\\$&')}'`).join(', ')})`;
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
    for (const { execution, startTime } of page.executions) {
      const listed = {
        runId: execution?.runId ?? '',
        startedAt: Number(startTime?.seconds ?? 0) * 1_000 + (startTime?.nanos ?? 0) / 1_000_000,
      };
      const known = newest.get(execution?.workflowId ?? '');
      if (known === undefined || known.startedAt < listed.startedAt) {
        newest.set(execution?.workflowId ?? '', listed);
      }
    }
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  return new Map([...newest].map(([workflowId, { runId }]) => [workflowId, runId]));
}
