import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

import { type Steering, steerUpdate } from '../messages.ts';
import { notWaiting } from './decide.ts';
import { beginStuck, endStuck } from './waiting-for.ts';

type Action = Steering['action'];

interface StuckStep {
  readonly allowed: readonly Action[];
  answer: Action | undefined;
}

const stuckSteps = new Map<string, StuckStep>();
let isListening = false;

/**
 * Makes the run `stuck` at a step until a person says how to go on. One answer settles every step that is stuck at
 * that moment.
 *
 * @param allowed what makes sense for this step; another action is refused with the reason
 * @throws CancelledFailure when the run is cancelled meanwhile, unless in a scope that cannot be
 */
export async function askPerson<Allowed extends Action>(
  step: string,
  allowed: readonly Allowed[],
): Promise<Allowed> {
  listen();
  const stuck: StuckStep = { allowed, answer: undefined };
  stuckSteps.set(step, stuck);
  beginStuck(step);
  try {
    await condition(() => stuck.answer !== undefined);
  } finally {
    stuckSteps.delete(step);
    endStuck(step);
  }
  return stuck.answer as unknown as Allowed;
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  setHandler(
    defineUpdate<readonly string[], [Steering]>(steerUpdate),
    ({ action }) => {
      for (const stuck of stuckSteps.values()) stuck.answer = action;
      return [...stuckSteps.keys()];
    },
    { validator: refuseUnfit, description: 'Settles a stuck step: retry, undo or give-up' },
  );
}

function refuseUnfit({ action }: Steering): void {
  const open = [...stuckSteps].filter(([, stuck]) => stuck.answer === undefined);
  if (open.length === 0) throw notWaiting('The run is not stuck');
  for (const [step, { allowed }] of open) {
    if (!allowed.includes(action)) {
      throw notWaiting(`"${action}" does not fit the stuck step "${step}"; it takes ${allowed.join(' or ')}`);
    }
  }
}
