import { waitsForAttempt } from '../../core/next-attempt.ts';
import type { RunStatus, StepView } from '../../core/run-state.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { wayOn } from '../../runs/way-on.ts';

type RunAction = 'retry' | 'undo' | 'give-up' | 'pause' | 'resume' | 'cancel' | 'terminate';

/** How an action is offered. */
export interface Offer {
  readonly action: RunAction;
  readonly label: string;
  /** What it does, in one sentence, for whoever is about to confirm it. */
  readonly explanation: string;
  /** It ends something, or cannot be taken back. */
  readonly isDestructive: boolean;
}

const offers = {
  retryStuck: harmless('retry', 'Retry', 'The steps that are stuck are tried again.'),
  retryFailed: harmless('retry', 'Retry', 'The run goes on from the step that failed.'),
  retryWaiting: harmless(
    'retry',
    'Try now',
    'The steps that are paused or wait for their next attempt are tried at once.',
  ),
  undo: destructive(
    'undo',
    'Undo',
    'The run stops waiting and takes back what it did. It then ends as failed.',
  ),
  giveUp: destructive(
    'give-up',
    'Give up',
    'Stuck steps are left as they are. The run ends as failed, or goes on with its other undos.',
  ),
  pause: harmless('pause', 'Pause', 'The run begins no further step until it is resumed.'),
  resume: harmless('resume', 'Resume', 'The run goes on where it was paused.'),
  cancel: destructive('cancel', 'Cancel', 'The run stops and takes back what it did.'),
  terminate: destructive(
    'terminate',
    'Terminate',
    'The run ends at once. Nothing is undone: what the steps did so far stays done.',
  ),
};

function harmless(action: RunAction, label: string, explanation: string): Offer {
  return { action, label, explanation, isDestructive: false };
}

function destructive(action: RunAction, label: string, explanation: string): Offer {
  return { action, label, explanation, isDestructive: true };
}

type Steered = Pick<RunResource, 'status' | 'steps' | 'error'>;

/**
 * What a person may want to do with a run. The API has the last word: it refuses what does not fit, and says why.
 */
export function offersFor(run: Steered): readonly Offer[] {
  const { status, steps } = run;
  const waits = steps.some(
    (step) => waitsForAttempt(step) && (step.status === 'waiting' || step.status === 'paused'),
  );
  const stuck = steps.filter((step) => step.status === 'stuck');
  const offersByStatus: Readonly<Record<RunStatus, readonly Offer[]>> = {
    running: [...(waits ? [offers.retryWaiting] : []), offers.pause, offers.cancel, offers.terminate],
    paused: [offers.resume, offers.cancel, offers.terminate],
    stuck: [...offersForStuck(stuck), offers.cancel, offers.terminate],
    completed: [],
    failed: wayOn(run) === 'retry' ? [offers.retryFailed] : [],
    cancelled: [],
    terminated: [],
    'timed-out': [],
  };
  return offersByStatus[status];
}

/** For stuck steps, or for one of several. An undo cannot be undone. */
export function offersForStuck(stuck: readonly StepView[]): readonly Offer[] {
  const isHeld = stuck.some(({ undoes }) => undoes === null);
  return [offers.retryStuck, ...(isHeld ? [offers.undo] : []), offers.giveUp];
}
