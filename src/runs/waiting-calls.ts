import { isBetweenAttempts } from './pending-activity.ts';
import { stepName } from './step-name.ts';
import type { Description, HistoryEvent } from './temporal-types.ts';

/** A call between two attempts. */
export interface WaitingCall {
  readonly step: string;
  readonly activityId: string;
}

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
    .filter((pending) => isBetweenAttempts(pending, now))
    .map(({ activityId, activityType }) => {
      const id = activityId ?? '';
      const event = history.findLast((one) => one.activityTaskScheduledEventAttributes?.activityId === id);
      return { activityId: id, step: event ? stepName(event, id, activityType?.name ?? '') : id };
    });
}
