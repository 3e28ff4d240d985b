import { setTimeout as sleep } from 'node:timers/promises';

import type { Client, DescribeWorkflowExecutionResponse } from '@temporalio/client';

import { BatonError } from '../core/errors.ts';
import { countWorkers } from './count-workers.ts';
import { describeRun } from './describe-run.ts';
import { HistoryTail } from './history-tail.ts';
import type { RunRecord } from './read-run.ts';

/** Between two looks at a run, in milliseconds: a run of quick calls changes more often than an eye can follow. */
const shortestPause = 100;

/** While an attempt is pending, only the description tells how it goes. In milliseconds. */
const pauseWhilePending = 1_000;

/** While nothing is pending, every change comes with an event. In milliseconds. */
const pauseWhileIdle = 15_000;

const open = 1;

/** A look at a run that Temporal did not grant. */
export interface Outage {
  readonly away: BatonError;
}

/**
 * Watches a run until it has ended, across continue-as-new and reset: what Temporal keeps of it, again and again, and
 * at once when something happens. One long poll waits for events; the description is asked for after each, and about
 * once a second while something is pending.
 *
 * @param signal ends the watch
 * @throws BatonError `run-not-found`
 */
export async function* watchRun(
  client: Client,
  workflowId: string,
  signal: AbortSignal,
): AsyncGenerator<RunRecord | Outage, void> {
  for (let before = ''; !signal.aborted;) {
    const newest = yield* look(() => describeRun(client, workflowId), signal);
    const runId = newest?.workflowExecutionInfo?.execution?.runId ?? '';
    if (newest === null || runId === before) return;
    yield* watchExecution(client, newest, signal);
    before = runId;
  }
}

async function* watchExecution(
  client: Client,
  first: DescribeWorkflowExecutionResponse,
  signal: AbortSignal,
): AsyncGenerator<RunRecord | Outage, void> {
  const { workflowId, runId } = executionOf(first);
  const history = new HistoryTail(client, { workflowId, runId }, signal);
  let description: DescribeWorkflowExecutionResponse | null = first;
  while (description !== null) {
    const info = description.workflowExecutionInfo;
    const length = Number(info?.historyLength ?? 0);
    const events = await history.upTo(length);
    const seen = description;
    const taskQueuePollers = yield* look(() => countWorkers(client, seen), signal);
    if (signal.aborted) return;
    yield { description, history: events, taskQueuePollers };
    const status: number = info?.status ?? open;
    if (status !== open) return;

    const grown = history.longerThan(length);
    // What fails after the pause is over fails again at the next look.
    grown.catch(() => undefined);
    const change = Promise.race([grown, pause(pauseAfter(description), signal)]);
    await Promise.all([pause(shortestPause, signal), change]);
    description = yield* look(() => describeRun(client, workflowId, runId), signal);
  }
}

function executionOf({ workflowExecutionInfo: info }: DescribeWorkflowExecutionResponse): {
  workflowId: string;
  runId: string;
} {
  return { workflowId: info?.execution?.workflowId ?? '', runId: info?.execution?.runId ?? '' };
}

function pauseAfter({ pendingActivities, pendingWorkflowTask }: DescribeWorkflowExecutionResponse): number {
  const isPending = (pendingActivities?.length ?? 0) > 0 || Boolean(pendingWorkflowTask);
  return isPending ? pauseWhilePending : pauseWhileIdle;
}

/**
 * Asks Temporal until it answers, and says once that it does not.
 *
 * @returns `null` when the watch was given up
 */
async function* look<T>(ask: () => Promise<T>, signal: AbortSignal): AsyncGenerator<Outage, T | null> {
  for (let isSaid = false; !signal.aborted; isSaid = true) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof BatonError) || error.code !== 'temporal-unavailable') throw error;
      if (!isSaid) yield { away: error };
      await pause(pauseWhilePending, signal);
    }
  }
  return null;
}

/** Ends early when the watch is given up. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
