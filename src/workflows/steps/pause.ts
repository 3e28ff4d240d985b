import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

import { pauseUpdates } from '../messages.ts';
import { refuseReusedKey, rememberKey } from './message-keys.ts';
import { notWaiting } from './not-waiting.ts';
import { sayPaused, saysPaused } from './waiting-for.ts';

/**
 * Lets the run be paused and resumed, from its first moment on. Nothing of it is in the history of a run that never is.
 */
export function listenForPause(): void {
  setHandler(defineUpdate<string>(pauseUpdates.pause), () => settle(true), {
    validator: () => {
      refuseReusedKey();
      if (saysPaused()) throw notWaiting('The run is paused already');
    },
    description: 'Holds the run before its next step',
  });
  setHandler(defineUpdate<string>(pauseUpdates.resume), () => settle(false), {
    validator: () => {
      refuseReusedKey();
      if (!saysPaused()) throw notWaiting('The run is not paused');
    },
    description: 'Lets a paused run go on',
  });
}

function settle(isPaused: boolean): string {
  rememberKey();
  return sayPaused(isPaused);
}

/** To be asked before each step; most runs are never paused, and must not pay for a promise. */
export const isPaused = saysPaused;

/**
 * Holds a step that has not begun yet. The steps of an undo wait too: whoever pauses a run wants its services left
 * alone, also when the run is cancelled meanwhile.
 *
 * @throws CancelledFailure when the run is cancelled meanwhile, unless in a scope that cannot be
 */
export async function untilResumed(): Promise<void> {
  // It may be paused again before those that waited have been woken.
  while (saysPaused()) await condition(() => !saysPaused());
}
