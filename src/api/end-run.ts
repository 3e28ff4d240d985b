import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';

import { BatonError } from '../core/errors.ts';
import { isOpen, toRunStatus } from '../runs/run-status.ts';
import { askAboutRun, describeRun } from '../temporal/describe-run.ts';
import { type HistoryEvent, readHistory } from '../temporal/read-history.ts';
import { keyMark } from './key-mark.ts';

/** Which run is to end, and by which request. */
export interface Ending {
  readonly runId: string;
  /** The same request with the same key succeeds again, though the run has ended; `null`: no other one is the same. */
  readonly idempotencyKey: string | null;
}

/**
 * Asks a run to stop and to take back what it did. It ends when that is done.
 *
 * @throws BatonError `run-not-found`, `run-closed`, `temporal-unavailable`
 */
export async function cancelRun(client: Client, ending: Ending): Promise<void> {
  const { runId: workflowId, idempotencyKey: key } = ending;
  await ofOpenRun(client, { ...ending, wordOf: wordOfCancel }, () =>
    client.workflowService.requestCancelWorkflowExecution({
      namespace: client.options.namespace,
      identity: client.options.identity,
      workflowExecution: { workflowId },
      ...(key !== null && { reason: `cancelled by a request${keyMark(key)}` }),
    }),
  );
}

/**
 * Ends a run at once, without any undo.
 *
 * @throws BatonError `run-not-found`, `run-closed`, `temporal-unavailable`
 */
export async function terminateRun(
  client: Client,
  ending: Ending & { readonly reason: string | undefined },
): Promise<void> {
  const { runId, idempotencyKey: key, reason = '' } = ending;
  // The reason is the client's own text.
  const details = key === null ? [] : [`terminated by a request${keyMark(key)}`];
  await ofOpenRun(client, { ...ending, wordOf: wordOfTerminate }, () =>
    client.workflowService.terminateWorkflowExecution({
      namespace: client.options.namespace,
      identity: client.options.identity,
      workflowExecution: { workflowId: runId },
      reason,
      details: { payloads: details.map((text) => defaultPayloadConverter.toPayload(text)) },
    }),
  );
}

/** What an event of a run's history keeps of the request that ended the run; anything for another event. */
type WordOf = (event: HistoryEvent) => unknown;

const wordOfCancel: WordOf = (event) => event.workflowExecutionCancelRequestedEventAttributes?.cause;

const wordOfTerminate: WordOf = ({ workflowExecutionTerminatedEventAttributes: terminated }) => {
  const [details] = terminated?.details?.payloads ?? [];
  return details === undefined ? null : defaultPayloadConverter.fromPayload<unknown>(details);
};

async function ofOpenRun(
  client: Client,
  { runId, idempotencyKey: key, wordOf }: Ending & { readonly wordOf: WordOf },
  act: () => Promise<unknown>,
): Promise<void> {
  const { workflowExecutionInfo: info } = await describeRun(client, runId);
  // Temporal takes the cancelling of a run that has ended without a word.
  if (isOpen(toRunStatus(info?.status, null)) && (await wasOpen(client, runId, act))) return;
  if (key !== null) {
    const words = (await readHistory(client, { workflowId: runId })).map(wordOf);
    if (words.some((word) => typeof word === 'string' && word.endsWith(keyMark(key)))) return;
  }
  throw new BatonError('run-closed', `Run "${runId}" has ended already`);
}

/** @returns `false` when the run has ended since it was looked at */
async function wasOpen(client: Client, runId: string, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await askAboutRun(client, runId, act);
    return true;
  } catch (error) {
    if (error instanceof BatonError && error.code === 'run-not-found') return false;
    throw error;
  }
}
