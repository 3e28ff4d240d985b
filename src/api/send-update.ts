import {
  type Client,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';

import { randomUUID } from 'node:crypto';

import { BatonError, type ErrorCode, isErrorCode } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { steerUpdate, updateId } from '../workflows/messages.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './sha256.ts';

/** How long a worker has to take a message and answer it, in milliseconds. */
const answerWithin = 5_000;

/** What {@link sendUpdate} may answer with, for the documentation of a route. */
export const messageProblems = [
  'run-not-waiting',
  'key-reused',
  'run-closed',
  'no-worker',
  'temporal-unavailable',
] as const satisfies readonly ErrorCode[];

/** A message to a run that tells whether it was taken. */
export interface Message {
  readonly runId: string;
  /** Of the update that the workflow handles. */
  readonly update: string;
  readonly argument: Json;
  /** The same message with the same key acts once; `null`: no other message is the same. */
  readonly idempotencyKey: string | null;
}

/** Sends a message and gives the run's answer; see {@link sendUpdate}. */
export type SendUpdate = (message: Message) => Promise<Json>;

/**
 * Sends a run an update and waits for what became of it.
 *
 * @returns what the workflow answered
 * @throws BatonError `run-not-waiting`, `key-reused`, `run-closed`, `no-worker`; also for a run that does not exist `run-closed`, so
 *   make sure before that it does
 */
export async function sendUpdate(client: Client, message: Message): Promise<Json> {
  const handle = client.workflow.getHandle(message.runId);
  try {
    const outcome = await client.withDeadline(Date.now() + answerWithin, () =>
      handle.executeUpdate<Json | undefined, [Json]>(message.update, {
        args: [message.argument],
        updateId: idOf(message),
      }),
    );
    return outcome ?? null;
  } catch (error) {
    throw toRefusal(error, message);
  }
}

function idOf({ update, argument, idempotencyKey }: Message): string {
  return updateId(update, idempotencyKey ?? randomUUID(), sha256(canonicalJson(argument)));
}

function toRefusal(error: unknown, { runId, update }: Message): unknown {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    const detail =
      `No worker took the message within ${answerWithin / 1000} s; the run's "stall" tells why. It may still be taken: ` +
      'repeat the request with the same Idempotency-Key to learn what became of it';
    return new BatonError('no-worker', detail, { cause: error });
  }
  if (error instanceof WorkflowNotFoundError) {
    return new BatonError('run-closed', `Run "${runId}" has ended and takes no more messages`, {
      cause: error,
    });
  }
  if (!(error instanceof WorkflowUpdateFailedError)) return error;
  const { cause } = error;
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  const code = typeof type === 'string' && isErrorCode(type) ? type : 'run-not-waiting';
  const reason = cause === undefined || isMissingHandler(cause) ? notWaitingFor(update) : cause.message;
  return new BatonError(code, `Run "${runId}" refused: ${reason}`, { cause: error });
}

/** What a run says that has not waited for this yet. */
function notWaitingFor(update: string): string {
  return update === steerUpdate ? 'it is not stuck' : `it does not wait for "${update}"`;
}

/** What Temporal's worker answers for a workflow that never set a handler for the update. */
function isMissingHandler(cause: Error): boolean {
  return cause.message.startsWith('No registered handler for update');
}
