import type { ListenInput, ListenOutcome } from '../../core/run-events.ts';
import type { EventLog } from '../event-log.ts';
import { lookBack } from './look-back.ts';
import { toOutcome } from './to-outcome.ts';
import { endWaits, registerWaits } from './wait-store.ts';

/**
 * Has a run told of the events that a step of it waits for, and finds those that are in the log already.
 *
 * An event may be appended at any moment meanwhile, and must be seen by one of two: by the look back, or by whoever wakes
 * waiting runs, who looks for waits after the event was committed. So the waits are committed first, and the look back is
 * a later statement. An event that commits before it begins is seen by it. One that commits afterwards finds the waits,
 * which were there before. Some events are seen by both, and the run tells them by their position. The other order would
 * lose an event that commits between a look back and the waits.
 *
 * What the look back finds is waited for no longer. It may be done again: it then begins anew.
 *
 * @throws BatonError `database-unavailable`
 */
export async function beginWaiting(
  log: Pick<EventLog, 'database' | 'positionBefore'>,
  workflowId: string,
  { step, patterns, needsAll, since, taken }: ListenInput,
): Promise<ListenOutcome> {
  const after = 'position' in since ? since.position : await log.positionBefore(new Date(since.time));
  const waits = { patterns, needsAll, after, taken };
  const registration = await registerWaits(log.database, { workflowId, step, ...waits });
  const outcome = toOutcome(waits, await lookBack(log.database, waits));
  const ended = outcome.awaited.length === 0 ? [null] : outcome.found.map(({ part }) => part);
  await endWaits(
    log.database,
    ended.map((part) => ({ workflowId, step, registration, part })),
  );
  return outcome;
}
