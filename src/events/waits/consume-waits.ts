import { type Lease, saveCursor } from '../consumers/lease.ts';
import type { Database } from '../database.ts';
import { followEvents } from '../follow-events.ts';
import type { WakeUp } from '../wake-up.ts';
import { type TellRun, wakeWaitingRuns } from './wake-waiting-runs.ts';

/** The name of the consumer that brings waiting runs their events; its row comes with the tables. */
export const waitingRuns = 'waiting-runs';

/**
 * Brings waiting runs the events of the log, in order, until the lease ends. While Temporal is away the cursor stays where
 * it is.
 *
 * @throws LeaseLost; BatonError `database-unavailable`, `temporal-unavailable`
 */
export async function consumeWaits(
  lease: Lease,
  {
    database,
    wakeUp,
    tell,
  }: { readonly database: Database; readonly wakeUp: WakeUp; readonly tell: TellRun },
): Promise<void> {
  let { cursor } = lease;
  const follow = { database, wakeUp, after: cursor, signal: lease.signal };
  for await (const { events, next } of followEvents(follow)) {
    await wakeWaitingRuns(events, { database, tell });
    if (next === cursor) continue;
    await saveCursor(database, lease, next);
    cursor = next;
  }
}
