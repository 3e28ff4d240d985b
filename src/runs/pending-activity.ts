import { type PendingActivity, toMilliseconds, toNumber } from './temporal-types.ts';

/** Temporal's numbers for what a pending activity does (`temporal.api.enums.v1.PendingActivityState`). */
const state = { started: 2, cancelRequested: 3, paused: 4, pauseRequested: 5 } as const;

const atWork = new Set<number>([state.started, state.cancelRequested, state.pauseRequested]);

/** Whether a worker has the attempt that is counted. */
export function isAtWork(pending: PendingActivity): boolean {
  return atWork.has(toNumber(pending.state));
}

/** Whether no attempt begins until someone lets it. */
export function isPaused(pending: PendingActivity): boolean {
  return toNumber(pending.state) === state.paused;
}

/**
 * Whether the next attempt is not due yet, or not allowed.
 *
 * @param now milliseconds since 1970
 */
export function isBetweenAttempts(pending: PendingActivity, now: number): boolean {
  if (isAtWork(pending)) return false;
  return toMilliseconds(pending.nextAttemptScheduleTime) > now || isPaused(pending);
}
