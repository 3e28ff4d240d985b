import type { Client } from '@temporalio/client';

import { cancelRun, terminateRun } from './end-run.ts';
import { type PauseAction, pauseActions, pauseRun } from './pause-run.ts';
import { retryRun } from './retry-run.ts';
import type { SendUpdate } from './send-update.ts';
import { steerStuck } from './steer-stuck.ts';

/** All that can be done to a run from outside, decisions aside. */
export const runActions = ['retry', 'undo', 'give-up', ...pauseActions, 'cancel', 'terminate'] as const;

export type RunAction = (typeof runActions)[number];

/** One action on one run. */
export interface RunSteering {
  readonly runId: string;
  readonly action: RunAction;
  readonly idempotencyKey: string | null;
  /** Of a terminate. */
  readonly reason: string | undefined;
}

/**
 * Does to a run what its own route would do.
 *
 * @returns the steps that it was about; for pause and resume the state of the run then; `null` where it ends
 * @throws BatonError
 */
export async function steerRun(
  { client, send }: { readonly client: Client; readonly send: SendUpdate },
  { action, reason, ...of }: RunSteering,
): Promise<readonly string[] | string | null> {
  const message = { ...of, step: undefined };
  if (action === 'retry') return retryRun({ client, send }, message);
  if (isPauseAction(action)) return pauseRun(send, { ...of, action });
  if (action === 'undo' || action === 'give-up') return steerStuck(send, { ...message, action });
  if (action === 'cancel') await cancelRun(client, of);
  else await terminateRun(client, { ...of, reason });
  return null;
}

function isPauseAction(action: RunAction): action is PauseAction {
  return (pauseActions as readonly string[]).includes(action);
}
