import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';

import { type RunStatus, runStatuses } from '../core/run-state.ts';
import { askTemporal } from '../temporal/ask-temporal.ts';
import { toRunQuery } from './run-query.ts';

/** How many runs are in each state. */
export type RunCounts = Readonly<Record<RunStatus, number>>;

/** What Temporal calls the states that it can group by. */
const temporalNames: Readonly<Record<string, RunStatus>> = {
  Running: 'running',
  Completed: 'completed',
  Failed: 'failed',
  Canceled: 'cancelled',
  Terminated: 'terminated',
  TimedOut: 'timed-out',
};

/**
 * Counts a process's runs by state, in Temporal's visibility, where a run appears a moment after its start.
 *
 * @throws BatonError `temporal-unavailable`
 */
export async function countRuns(
  client: Client,
  of: { readonly taskQueue: string; readonly process: string },
): Promise<RunCounts> {
  const [byState, stuck, paused] = await Promise.all([
    countByState(client, toRunQuery(of)),
    countAll(client, toRunQuery({ ...of, status: 'stuck' })),
    countAll(client, toRunQuery({ ...of, status: 'paused' })),
  ]);
  const counts = Object.fromEntries(runStatuses.map((status) => [status, byState.get(status) ?? 0]));
  // Temporal knows one state for all that are open. The three counts are of three moments.
  const running = Math.max(0, (byState.get('running') ?? 0) - stuck - paused);
  return { ...(counts as Record<RunStatus, number>), running, stuck, paused };
}

async function countByState(client: Client, query: string): Promise<ReadonlyMap<RunStatus, number>> {
  const { groups } = await count(client, `${query} GROUP BY ExecutionStatus`);
  const counts = new Map<RunStatus, number>();
  for (const { groupValues, count } of groups) {
    const [value] = groupValues ?? [];
    const name = value === undefined ? undefined : defaultPayloadConverter.fromPayload<string>(value);
    const status = temporalNames[name ?? ''];
    if (status !== undefined) counts.set(status, Number(count));
  }
  return counts;
}

async function countAll(client: Client, query: string): Promise<number> {
  return Number((await count(client, query)).count);
}

async function count(
  client: Client,
  query: string,
): ReturnType<Client['workflowService']['countWorkflowExecutions']> {
  return askTemporal(client, () =>
    client.workflowService.countWorkflowExecutions({ namespace: client.options.namespace, query }),
  );
}
