import { type Steering, steerUpdate } from '../workflows/messages.ts';
import type { SendUpdate } from './send-update.ts';

/** What a person says of a stuck step. */
export interface StuckMessage extends Pick<Steering, 'action'> {
  readonly runId: string;
  readonly idempotencyKey: string | null;
  /** Left out: every step that is stuck. */
  readonly step: string | undefined;
}

/**
 * Settles what a run is stuck at.
 *
 * @returns the names of the steps
 * @throws BatonError `run-not-waiting`, `key-reused`, `run-closed`, `no-worker`
 */
export async function steerStuck(send: SendUpdate, message: StuckMessage): Promise<readonly string[]> {
  const { runId, idempotencyKey, action, step } = message;
  const argument = { action, ...(step !== undefined && { step }) };
  const settled = await send({ runId, update: steerUpdate, argument, idempotencyKey });
  return Array.isArray(settled) ? settled.filter((name) => typeof name === 'string') : [];
}
