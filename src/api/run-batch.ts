import PQueue from 'p-queue';
import type { Logger } from 'pino';

import { BatonError, type ErrorCode } from '../core/errors.ts';
import type { RunListItem } from '../core/run-list.ts';
import type { RunStatus } from '../core/run-state.ts';
import { BatchSender } from './batch-sender.ts';
import type { ApiDeps } from './deps.ts';
import { explained } from './explained.ts';
import { listRuns } from './list-runs.ts';
import { openStatuses } from './pause-run.ts';
import { type RunFilter, toRunQuery } from './run-query.ts';
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

/** Why a run refused; with the members that its own route would add. */
type RunProblem = Readonly<Record<string, unknown>> & { readonly code: ErrorCode; readonly detail: string };

/** What became of one run. */
export type BatchResult =
  | { readonly runId: string; readonly outcome: readonly string[] | string | null }
  | { readonly runId: string; readonly problem: RunProblem };

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
  /** A process is known of runs that a filter found; it is for the log. */
  readonly runs: readonly { readonly id: string; readonly process: string | null }[];
  readonly reason: string | undefined;
  /** The key of each run's message is made of it; `null`: no other batch is the same. */
  readonly idempotencyKey: string | null;
  /** Of the log. */
  readonly requestId: string;
  /** No further run is begun once no one waits for the answer. */
  readonly signal: AbortSignal;
}

/** Acts on each run by itself: what one refuses concerns no other. The log has a line for each. */
export async function runBatch(deps: ApiDeps, batch: Batch): Promise<readonly BatchResult[]> {
  const { action, runs, reason, idempotencyKey: key, requestId, signal } = batch;
  const queue = new PQueue({ concurrency });
  const { client } = deps;
  const { send } = new BatchSender(client);
  return Promise.all(
    runs.map(({ id: runId, process }) =>
      queue.add(async (): Promise<BatchResult> => {
        const log = deps.log.child({ requestId, runId, ...(process !== null && { process }), action });
        try {
          signal.throwIfAborted();
          const idempotencyKey = key === null ? null : `${key}:${runId}`;
          const outcome = await explained(deps, { runId, asked: action }, () =>
            steerRun({ client, send }, { runId, action, reason, idempotencyKey }),
          );
          log.info('a batch acted on a run');
          return { runId, outcome };
        } catch (error) {
          const problem = problemOf(log, error);
          log.info({ code: problem.code }, 'a batch could not act on a run');
          return { runId, problem };
        }
      }),
    ),
  );
}

function problemOf(log: Logger, error: unknown): RunProblem {
  const known = error instanceof BatonError ? error : fromTemporalError(error);
  if (known !== null) return { ...known.extensions, code: known.code, detail: known.message };
  log.error({ err: error }, 'a run of a batch failed');
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
