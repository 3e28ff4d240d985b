import type { Client } from '@temporalio/client';

import { BatonError } from '../core/errors.ts';
import type { RunView } from '../core/run-state.ts';
import { findResetPoint } from '../runs/reset-point.ts';
import { viewRun } from '../runs/view-run.ts';
import { waitingCalls } from '../runs/waiting-calls.ts';
import type { HistoryEvent } from '../temporal/read-history.ts';
import { readRun, type RunRecord } from '../temporal/read-run.ts';
import { resetReasons, resetRun } from '../temporal/reset-run.ts';
import { tryNow } from '../temporal/try-now.ts';
import { steerUpdate } from '../workflows/messages.ts';
import { keyMark } from './key-mark.ts';
import type { SendUpdate } from './send-update.ts';
import { startAnew } from './start-anew.ts';
import { steerStuck } from './steer-stuck.ts';
import { hasTaken } from './taken-message.ts';

/** Which run, or which of its steps. */
interface RetryRequest {
  readonly runId: string;
  readonly idempotencyKey: string | null;
  readonly step: string | undefined;
}

/** A run as it was when the request came. */
interface Situation {
  readonly record: RunRecord;
  readonly view: RunView;
  readonly now: Date;
}

/**
 * Lets a run go on, in the way that its state allows: a stuck step or undo is tried again, a failed run goes on from the
 * step that failed, a call that waits between two attempts is tried now.
 *
 * @returns the names of the steps that are tried again
 * @throws BatonError `run-not-found`, `run-not-waiting`, `run-undone`, `run-closed`, `key-reused`, `no-worker`,
 *   `temporal-unavailable`
 */
export async function retryRun(
  { client, send }: { readonly client: Client; readonly send: SendUpdate },
  request: RetryRequest,
): Promise<readonly string[]> {
  const { runId, idempotencyKey } = request;
  const record = await readRun(client, runId);
  const steer = (): Promise<readonly string[]> => steerStuck(send, { ...request, action: 'retry' });
  if (idempotencyKey !== null) {
    // The same request again finds the run in another state, and must have its answer all the same.
    const resumed = resumedBy(record.history, idempotencyKey);
    if (resumed !== null) return resumed;
    if (hasTaken(record.history, { update: steerUpdate, idempotencyKey })) return steer();
  }
  const now = new Date();
  const view = viewRun({ ...record, now });
  switch (view.status) {
    case 'stuck':
      return steer();
    case 'failed':
      return resumeFailed(client, { record, view, now }, request);
    case 'running':
    case 'paused':
      return wake(client, { record, view, now }, request);
    default:
      throw new BatonError('run-closed', `Run "${runId}" has ended, and only one that failed can go on`);
  }
}

async function resumeFailed(
  client: Client,
  { record: { history, description }, view }: Situation,
  { runId, idempotencyKey, step }: RetryRequest,
): Promise<readonly string[]> {
  const point = findResetPoint(history);
  if (point === null) throw new BatonError('run-closed', `Run "${runId}" has no place to go on from`);
  const { undone = false, leftAsTheyAre = [] } = view.error ?? {};
  if (undone || leftAsTheyAre.length > 0 || point.isUndone) {
    const detail = `What run "${runId}" did was taken back, so there is nothing to go on from`;
    throw new BatonError('run-undone', detail, { extensions: { startAnew: startAnew(view) } });
  }
  if (step !== undefined && !point.steps.includes(step)) {
    const failed = point.steps.map((name) => `"${name}"`).join(', ') || 'no step';
    const detail = `Run "${runId}" failed at ${failed}, not at "${step}"; it can go on from there only`;
    throw new BatonError('run-not-waiting', detail);
  }
  const executionId = description.workflowExecutionInfo?.execution?.runId ?? '';
  await resetRun(client, {
    workflowId: runId,
    runId: executionId,
    eventId: point.eventId,
    reason: reasonOf(point.steps, idempotencyKey),
    // One for each execution that failed: of several requests at a time, one resets, and none ends what another began.
    requestId: `baton.retry:${executionId}`,
  });
  return point.steps;
}

async function wake(
  client: Client,
  { record: { description, history }, now }: Situation,
  { runId, step }: RetryRequest,
): Promise<readonly string[]> {
  const waiting = waitingCalls(description, history, now.getTime());
  const meant = waiting.filter((call) => step === undefined || call.step === step);
  const due = await tryNow(client, { workflowId: runId, activityIds: meant.map((call) => call.activityId) });
  const steps = meant.filter(({ activityId }) => due.includes(activityId)).map((call) => call.step);
  if (steps.length > 0) return steps;
  const names = waiting.map((call) => call.step).join(', ');
  const detail =
    step === undefined || waiting.length === 0
      ? `Run "${runId}" has no call that waits for its next attempt`
      : `"${step}" does not wait for its next attempt; ${names} ${waiting.length === 1 ? 'does' : 'do'}`;
  throw new BatonError('run-not-waiting', detail);
}

const reasonPrefix = 'retried: ';

/** What a reset leaves in history: for a person to read, and for the same request to be known again. */
function reasonOf(steps: readonly string[], key: string | null): string {
  return `${reasonPrefix}${JSON.stringify(steps)}${key === null ? '' : keyMark(key)}`;
}

/** @returns what {@link retryRun} answered to a request with this key that let the run go on; `null` when none did */
function resumedBy(history: readonly HistoryEvent[], key: string): readonly string[] | null {
  const mark = keyMark(key);
  const reason = resetReasons(history).find((text) => text.startsWith(reasonPrefix) && text.endsWith(mark));
  if (reason === undefined) return null;
  return JSON.parse(reason.slice(reasonPrefix.length, -mark.length)) as readonly string[];
}
