import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

import { type Steering, steerUpdate } from '../messages.ts';
import { refuseReusedKey, rememberKey } from './message-keys.ts';
import { notWaiting } from './not-waiting.ts';
import { beginStuck, endStuck } from './waiting-for.ts';

type Action = Steering['action'];

/** How a person settled a stuck step. */
interface Answer<Allowed extends Action> {
  readonly action: Allowed;
  /** All that the same word settled, this step among them. */
  readonly steps: readonly string[];
}

interface StuckStep {
  readonly allowed: readonly Action[];
  answer: Answer<Action> | undefined;
}

const stuckSteps = new Map<string, StuckStep>();
let isListening = false;

/**
 * Makes the run `stuck` at a step until a person says how to go on. An answer that names no step settles every one that
 * is stuck at that moment.
 *
 * @param allowed what makes sense for this step; another action is refused with the reason
 * @throws CancelledFailure when the run is cancelled meanwhile, unless in a scope that cannot be
 */
export async function askPerson<Allowed extends Action>(
  step: string,
  allowed: readonly Allowed[],
): Promise<Answer<Allowed>> {
  listen();
  const stuck: StuckStep = { allowed, answer: undefined };
  stuckSteps.set(step, stuck);
  beginStuck(step, allowed);
  try {
    await condition(() => stuck.answer !== undefined);
  } finally {
    stuckSteps.delete(step);
    endStuck(step);
  }
  return stuck.answer as unknown as Answer<Allowed>;
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  setHandler(
    defineUpdate<readonly string[], [Steering]>(steerUpdate),
    ({ action, step }) => {
      rememberKey();
      const meant = openSteps(step);
      const steps = meant.map(([name]) => name);
      for (const [, stuck] of meant) stuck.answer = { action, steps };
      return steps;
    },
    { validator: refuseUnfit, description: 'Settles a stuck step: retry, undo or give-up' },
  );
}

/** The stuck steps that an answer is for. */
function openSteps(step: string | undefined): readonly (readonly [string, StuckStep])[] {
  return [...stuckSteps].filter(
    ([name, stuck]) => stuck.answer === undefined && (step === undefined || step === name),
  );
}

function refuseUnfit({ action, step: asked }: Steering): void {
  refuseReusedKey();
  const open = openSteps(undefined).map(([name]) => name);
  if (open.length === 0) throw notWaiting('The run is not stuck');
  const meant = openSteps(asked);
  if (meant.length === 0) throw notWaiting(`"${asked}" is not stuck; ${open.join(', ')} is`);
  for (const [step, { allowed }] of meant) {
    if (!allowed.includes(action)) {
      throw notWaiting(`"${action}" does not fit the stuck step "${step}"; it takes ${allowed.join(' or ')}`);
    }
  }
}
