import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

import { type Duration, toMilliseconds } from '../../core/duration.ts';
import type { Json } from '../../core/json.ts';
import { refuseReusedKey, rememberKey } from './message-keys.ts';
import { notWaiting } from './not-waiting.ts';
import { isPaused, untilResumed } from './pause.ts';
import { beginDecision, endDecision } from './waiting-for.ts';

/** How long a decision waits, and what counts as decided when no one came. */
export interface DecideOptions<Decision> {
  /** From now. Without it the run waits for as long as it takes. */
  readonly deadline: Duration;
  readonly default: Decision;
}

/**
 * Waits for a person's decision: `POST /v1/runs/{id}/signals/{name}` with a body that fits the schema of the process's
 * manifest. The first decision counts; a later one is refused.
 *
 * @param name as in the manifest's `decisions`
 * @returns the body of the decision, or `default` when the deadline passed
 * @throws CancelledFailure when the run is cancelled meanwhile
 * @example await decide<Approval>('approval', { deadline: '24 h', default: { approved: false, by: 'deadline' } })
 */
export async function decide<Decision extends Json>(
  name: string,
  options?: DecideOptions<Decision>,
): Promise<Decision> {
  if (isPaused()) await untilResumed();
  const answers: Decision[] = [];
  let isOpen = true;
  const refuseLate = (_decision: Decision): void => {
    refuseReusedKey();
    if (!isOpen || answers.length > 0) throw notWaiting(`"${name}" is decided already`);
  };
  setHandler(
    defineUpdate<Decision, [Decision]>(name),
    (decision) => {
      rememberKey();
      answers.push(decision);
      return decision;
    },
    { validator: refuseLate, description: `Decides "${name}"` },
  );

  const patience = options === undefined ? null : toMilliseconds(options.deadline);
  beginDecision(name, patience);
  try {
    const isTaken = (): boolean => answers.length > 0;
    if (patience === null) await condition(isTaken);
    else await condition(isTaken, patience, { summary: name });
  } finally {
    isOpen = false;
    endDecision(name);
  }
  const [decision] = answers;
  if (decision !== undefined) return decision;
  if (options === undefined) throw new TypeError(`"${name}" ended without a decision`);
  return options.default;
}
