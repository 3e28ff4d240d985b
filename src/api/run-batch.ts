import PQueue from 'p-queue';

import { BatonError, type ErrorCode } from '../core/errors.ts';
import type { RunStatus } from '../core/run-state.ts';
import type { ApiDeps } from './deps.ts';
import { listRuns } from './list-runs.ts';
import { openStatuses } from './pause-run.ts';
import { type RunFilter, toRunQuery } from './run-query.ts';
import type { RunListItem } from './run-resource.ts';
import { type RunAction, steerRun } from './steer-run.ts';
import { fromTemporalError } from './temporal-error.ts';

/** So many runs are taken in one batch at most: a person should be able to look at what became of each. */
export const maximumRuns = 1_000;

const pageSize = 500;

/** So many runs are acted on at once. */
const concurrency = 10;

/** Where a filter names no status: the runs to which the action can make a difference. */
const usualStatuses: Readonly<Record<RunAction, readonly RunStatus[]>> = {
  retry: ['stuck', 'failed'],
  undo: ['stuck'],
  'give-up': ['stuck'],
  pause: ['running', 'stuck'],
  resume: ['paused'],
  cancel: openStatuses,
  terminate: openStatuses,
};

/** What became of one run. */
export type BatchResult =
  | { readonly runId: string; readonly outcome: readonly string[] | string | null }
  | { readonly runId: string; readonly problem: { readonly code: ErrorCode; readonly detail: string } };

/**
 * Finds the runs of a batch.
 *
 * @throws BatonError `too-many-runs`, `temporal-unavailable`
 */
export async function findBatch(
  { client, uiUrl, taskQueue }: ApiDeps,
  action: RunAction,
  filter: Omit<RunFilter, 'taskQueue'>,
): Promise<readonly RunListItem[]> {
  const query = toRunQuery({ taskQueue, ...filter, status: filter.status ?? usualStatuses[action] });
  const linkBase = { uiUrl, namespace: client.options.namespace };
  const runs = new Map<string, RunListItem>();
  let token: string | undefined;
  do {
    const page = await listRuns(client, query, { size: pageSize, token, linkBase });
    for (const run of page.runs) runs.set(run.id, run);
    if (runs.size > maximumRuns) throw tooMany();
    token = page.nextPageToken ?? undefined;
  } while (token !== undefined);
  return [...runs.values()];
}

/** One action on many runs. */
interface Batch {
  readonly action: RunAction;
  readonly runs: readonly RunListItem[];
  readonly reason: string | undefined;
  /** The key of each run's message is made of it; `null`: no other batch is the same. */
  readonly idempotencyKey: string | null;
  /** No further run is begun once no one waits for the answer. */
  readonly signal: AbortSignal;
}

/** Acts on each run by itself: what one refuses concerns no other. */
export async function runBatch(deps: ApiDeps, batch: Batch): Promise<readonly BatchResult[]> {
  const { action, runs, reason, idempotencyKey: key, signal } = batch;
  const queue = new PQueue({ concurrency });
  return Promise.all(
    runs.map(({ id: runId }) =>
      queue.add(async (): Promise<BatchResult> => {
        try {
          signal.throwIfAborted();
          const idempotencyKey = key === null ? null : `${key}:${runId}`;
          const outcome = await steerRun(deps, { runId, action, reason, idempotencyKey });
          return { runId, outcome };
        } catch (error) {
          return { runId, problem: problemOf(deps, runId, error) };
        }
      }),
    ),
  );
}

function problemOf({ log }: ApiDeps, runId: string, error: unknown): { code: ErrorCode; detail: string } {
  const known = error instanceof BatonError ? error : fromTemporalError(error);
  if (known !== null) return { code: known.code, detail: known.message };
  log.error({ err: error, runId }, 'a run of a batch failed');
  return {
    code: 'internal',
    detail: 'Something in Baton failed; its log tells more under the id of the run',
  };
}

function tooMany(): BatonError {
  const detail =
    `More than ${maximumRuns} runs match, and a batch takes no more. Narrow the filter: name a process, a status or a ` +
    'businessKey, or a later startedAfter';
  return new BatonError('too-many-runs', detail, { extensions: { maximumRuns } });
}
