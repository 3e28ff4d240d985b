import { randomUUID } from 'node:crypto';

import { BatonError } from '../core/errors.ts';
import type { RunView } from '../core/run-state.ts';
import { findResetPoint } from '../runs/reset-point.ts';
import { describeRun } from '../temporal/describe-run.ts';
import type { HistoryEvent } from '../temporal/read-history.ts';
import { resetReasons, resetRun } from '../temporal/reset-run.ts';
import { tryNow } from '../temporal/try-now.ts';
import type { ApiDeps } from './deps.ts';
import { sha256 } from './sha256.ts';
import { steerStuck } from './steer-stuck.ts';

/** Which run, or which of its steps. */
interface RetryRequest {
  readonly runId: string;
  readonly idempotencyKey: string | null;
  readonly step: string | undefined;
}

/**
 * Lets a run go on, in the way that its state allows: a stuck step or undo is tried again, a failed run goes on from the
 * step that failed, a call that waits between two attempts is tried now.
 *
 * @returns the names of the steps that are tried again
 * @throws BatonError `run-not-waiting`, `run-undone`, `run-closed`, `key-reused`, `no-worker`, `temporal-unavailable`
 */
export async function retryRun(deps: ApiDeps, request: RetryRequest): Promise<readonly string[]> {
  const { runId, idempotencyKey } = request;
  if (idempotencyKey !== null) {
    // The same request again finds a run that goes on already.
    const resumed = resumedBy(await deps.readHistory(runId), idempotencyKey);
    if (resumed !== null) return resumed;
  }
  const view = await deps.loadRunView(runId);
  if (view.status === 'failed') return resumeFailed(deps, view, request);
  const waiting = view.status === 'running' ? waitingCalls(view, request.step) : [];
  if (waiting.length === 0) return steerStuck(deps.client, { ...request, action: 'retry' });
  await tryNow(deps.client, { workflowId: runId, activityIds: waiting });
  return waiting;
}

async function resumeFailed(
  deps: ApiDeps,
  view: RunView,
  { runId, idempotencyKey, step }: RetryRequest,
): Promise<readonly string[]> {
  if (view.error?.undone === true || view.error?.leftAsTheyAre !== undefined) throw undone(view);
  const history = await deps.readHistory(runId);
  const point = findResetPoint(history);
  if (point === null) throw new BatonError('run-closed', `Run "${runId}" has no place to go on from`);
  if (step !== undefined && step !== point.step) {
    const detail = `Run "${runId}" failed at "${point.step ?? 'no step'}", not at "${step}"; it can go on from there only`;
    throw new BatonError('run-not-waiting', detail);
  }
  const { workflowExecutionInfo: info } = await describeRun(deps.client, runId);
  await resetRun(deps.client, {
    workflowId: runId,
    runId: info?.execution?.runId ?? '',
    eventId: point.eventId,
    reason: reasonOf(point.step, idempotencyKey ?? randomUUID()),
    requestId: idempotencyKey ?? randomUUID(),
  });
  return point.step === null ? [] : [point.step];
}

/** What a reset leaves in history: for a person to read, and for the same request to be known again. */
function reasonOf(step: string | null, key: string): string {
  return `retried: ${step ?? ''} (key ${sha256(key)})`;
}

/** @returns what {@link retryRun} answered to a request with this key that let the run go on; `null` when none did */
function resumedBy(history: readonly HistoryEvent[], key: string): readonly string[] | null {
  const mark = ` (key ${sha256(key)})`;
  const reason = resetReasons(history).find((text) => text.startsWith('retried: ') && text.endsWith(mark));
  if (reason === undefined) return null;
  const step = reason.slice('retried: '.length, -mark.length);
  return step === '' ? [] : [step];
}

function waitingCalls({ steps }: RunView, wanted: string | undefined): readonly string[] {
  return steps
    .filter(({ kind, status }) => kind === 'call' && status === 'waiting')
    .map(({ name }) => name)
    .filter((name) => wanted === undefined || wanted === name);
}

function undone({ id, process, input, businessKey }: RunView): BatonError {
  const startAnew = {
    method: 'POST',
    href: `/v1/processes/${encodeURIComponent(process)}/runs`,
    body: { input, ...(businessKey !== null && { businessKey }) },
  };
  const detail = `What run "${id}" did was taken back, so there is nothing to go on from. Start it anew with the same input`;
  return new BatonError('run-undone', detail, { extensions: { startAnew } });
}
