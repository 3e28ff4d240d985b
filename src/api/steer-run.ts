import type { ApiDeps } from './deps.ts';
import { cancelRun, terminateRun } from './end-run.ts';
import { type PauseAction, pauseActions, pauseRun } from './pause-run.ts';
import { retryRun } from './retry-run.ts';
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
 * @throws BatonError, and what Temporal's client throws for a run that does not exist
 */
export async function steerRun(
  deps: ApiDeps,
  { action, reason, ...of }: RunSteering,
): Promise<readonly string[] | string | null> {
  const message = { ...of, step: undefined };
  if (action === 'retry') return retryRun(deps, message);
  if (isPauseAction(action)) return pauseRun(deps.client, { ...of, action });
  if (action === 'undo' || action === 'give-up') return steerStuck(deps.client, { ...message, action });
  if (action === 'cancel') await cancelRun(deps.client, of.runId);
  else await terminateRun(deps.client, of.runId, reason);
  return null;
}

function isPauseAction(action: RunAction): action is PauseAction {
  return (pauseActions as readonly string[]).includes(action);
}
