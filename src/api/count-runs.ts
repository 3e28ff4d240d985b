import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';

import { searchAttributes } from '../core/attributes.ts';
import type { RunCounts } from '../core/process-resource.ts';
import { type RunStatus, runStatuses } from '../core/run-state.ts';
import { toRunStatus } from '../runs/run-status.ts';
import { askTemporal } from '../temporal/ask-temporal.ts';
import { executions, supersededExecutions } from '../temporal/superseded-executions.ts';
import { openStatuses } from './pause-run.ts';
import { toRunQuery } from './run-query.ts';

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
  const [byState, superseded, stuck, paused] = await Promise.all([
    countByState(client, toRunQuery(of)),
    countSuperseded(client, toRunQuery(of)),
    countAll(client, toRunQuery({ ...of, status: 'stuck' })),
    countAll(client, toRunQuery({ ...of, status: 'paused' })),
  ]);
  // The counts are of several moments.
  const countOf = (status: RunStatus): number =>
    Math.max(0, (byState.get(status) ?? 0) - (superseded.get(status) ?? 0));
  const counts = Object.fromEntries(runStatuses.map((status) => [status, countOf(status)]));
  // Temporal knows one state for all that are open.
  const running = Math.max(0, countOf('running') - stuck - paused);
  return { ...(counts as Record<RunStatus, number>), running, stuck, paused };
}

/**
 * Counts a process's open runs by state. What has ended is not looked at, so it costs little however much there is.
 *
 * @throws BatonError `temporal-unavailable`
 */
export async function countOpenRuns(
  client: Client,
  of: { readonly taskQueue: string; readonly process: string },
): Promise<readonly (readonly [status: RunStatus, count: number])[]> {
  return Promise.all(
    openStatuses.map(
      async (status) => [status, await countAll(client, toRunQuery({ ...of, status }))] as const,
    ),
  );
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

/**
 * Counts what resets have left behind, which Temporal counts beside the runs themselves. Only runs that were reset are
 * looked at; they say so.
 */
async function countSuperseded(client: Client, query: string): Promise<ReadonlyMap<RunStatus, number>> {
  const ids = new Set<string>();
  for await (const { execution } of executions(
    client,
    `${query} AND ${searchAttributes.startedAt} IS NOT NULL`,
  )) {
    ids.add(execution?.workflowId ?? '');
  }
  const counts = new Map<RunStatus, number>();
  for (const { status } of (await supersededExecutions(client, [...ids])).values()) {
    const name = toRunStatus(status, null);
    counts.set(name, (counts.get(name) ?? 0) + 1);
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
