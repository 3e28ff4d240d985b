import type { Client, WorkflowHandle } from '@temporalio/client';

import { askAboutRun } from './describe-run.ts';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** One event of a run's history as Temporal's protocol has it. */
export type HistoryEvent = NonNullable<History['events']>[number];

/** Which history, and in what portions it is read. */
export interface HistorySource {
  readonly workflowId: string;
  /** One execution of the run; the newest when left out. */
  readonly runId?: string | undefined;
  /** Events a page; as many as the server likes when left out. */
  readonly pageSize?: number | undefined;
}

/**
 * Reads the history of a run, all pages.
 *
 * @throws BatonError `run-not-found`, `temporal-unavailable`
 */
export async function readHistory(client: Client, source: HistorySource): Promise<HistoryEvent[]> {
  const { workflowId, runId, pageSize } = source;
  const events: HistoryEvent[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await askAboutRun(client, workflowId, () =>
      client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution: { workflowId, ...(runId !== undefined && { runId }) },
        ...(pageSize !== undefined && { maximumPageSize: pageSize }),
        ...(nextPageToken !== undefined && { nextPageToken }),
      }),
    );
    for (const event of page.history?.events ?? []) events.push(event);
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  return events;
}
