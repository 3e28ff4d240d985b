import { pauseUpdates } from '../workflows/messages.ts';
import type { SendUpdate } from './send-update.ts';

/** What holds a run, and lets it go on. */
export const pauseActions = ['pause', 'resume'] as const;

export type PauseAction = (typeof pauseActions)[number];

/** The states that an open run may be in. */
export const openStatuses = ['running', 'paused', 'stuck'] as const;

/**
 * Holds a run before its next step, or lets it go on.
 *
 * @returns the state of the run then; one that is stuck stays so, and is paused once that is settled
 * @throws BatonError `run-not-waiting`, `key-reused`, `run-closed`, `no-worker`
 */
export async function pauseRun(
  send: SendUpdate,
  message: { readonly action: PauseAction; readonly runId: string; readonly idempotencyKey: string | null },
): Promise<(typeof openStatuses)[number]> {
  const { action, runId, idempotencyKey } = message;
  const update = pauseUpdates[action];
  const status = await send({ runId, update, argument: null, idempotencyKey });
  return openStatuses.find((known) => known === status) ?? 'running';
}
