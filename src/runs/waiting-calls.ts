import { stepName } from './step-name.ts';
import { type Description, type HistoryEvent, toMilliseconds, toNumber } from './temporal-types.ts';

/** A call between two attempts. */
export interface WaitingCall {
  readonly step: string;
  readonly activityId: string;
}

/** Temporal's numbers for what a pending activity does (`temporal.api.enums.v1.PendingActivityState`). */
const scheduled = 1;
const paused = 4;

/**
 * The calls whose next attempt is not due yet, or not allowed.
 *
 * @param now milliseconds since 1970
 */
export function waitingCalls(
  { pendingActivities }: Description,
  history: readonly HistoryEvent[],
  now: number,
): readonly WaitingCall[] {
  return (pendingActivities ?? [])
    .filter(({ state, nextAttemptScheduleTime }) => {
      const isLater = toMilliseconds(nextAttemptScheduleTime) > now;
      return toNumber(state) === paused || (toNumber(state) === scheduled && isLater);
    })
    .map(({ activityId, activityType }) => {
      const id = activityId ?? '';
      const event = history.findLast((one) => one.activityTaskScheduledEventAttributes?.activityId === id);
      return { activityId: id, step: event ? stepName(event, id, activityType?.name ?? '') : id };
    });
}
