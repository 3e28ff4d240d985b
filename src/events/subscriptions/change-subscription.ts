import { announceChange } from '../consumers/announce-change.ts';
import type { Database, Queryable } from '../database.ts';
import { positionOf } from './start-position.ts';
import { notFound } from './subscription-state.ts';
import { consumerOf, type StartPosition, type Subscription } from './subscription.ts';

/**
 * Changes what a subscription is, and leaves it where it stands in the log.
 *
 * @throws BatonError `subscription-not-found`
 */
export async function changeSubscription(database: Database, subscription: Subscription): Promise<void> {
  await alter(database, subscription.name, async (transaction) => {
    const { name, filter, target, retry } = subscription;
    await transaction.query({
      text: 'UPDATE baton.subscriptions SET filter = $2, target = $3, retry = $4 WHERE name = $1',
      values: [name, ...[filter, target, retry].map((part) => JSON.stringify(part))],
    });
  });
}

/** @throws BatonError `subscription-not-found` */
export async function pauseSubscription(database: Database, name: string, isPaused: boolean): Promise<void> {
  await alter(database, name, async (transaction) => {
    await transaction.query({
      text: 'UPDATE baton.consumers SET paused = $2 WHERE name = $1',
      values: [consumerOf(name), isPaused],
    });
  });
}

/**
 * Delivers again from a position on. What is open before it stays so; what is open behind it comes again.
 *
 * @throws BatonError `subscription-not-found`
 */
export async function replaySubscription(
  database: Database,
  name: string,
  from: StartPosition,
): Promise<void> {
  await alter(database, name, async (transaction) => {
    const cursor = await positionOf(transaction, from);
    await transaction.query({
      text: 'DELETE FROM baton.deliveries WHERE subscription = $1 AND position > $2',
      values: [name, cursor],
    });
    await transaction.query({
      text: 'UPDATE baton.consumers SET cursor = $2 WHERE name = $1',
      values: [consumerOf(name), cursor],
    });
  });
}

/**
 * Settles parked events: tried again from their first attempt, or left out so that what waits behind them goes on.
 *
 * @param position of one; left out: all that are parked
 * @returns how many
 * @throws BatonError `subscription-not-found`
 */
export async function settleParked(
  database: Database,
  name: string,
  { action, position }: { readonly action: 'retry' | 'skip'; readonly position?: number },
): Promise<number> {
  return alter(database, name, async (transaction) => {
    const which = `WHERE subscription = $1 AND state = 'parked' AND ($2::bigint IS NULL OR position = $2)`;
    const { rowCount } = await transaction.query({
      text:
        action === 'skip'
          ? `DELETE FROM baton.deliveries ${which}`
          : `UPDATE baton.deliveries SET state = 'retrying', attempts = 0, next_attempt_at = now() ${which}`,
      values: [name, position ?? null],
    });
    return rowCount ?? 0;
  });
}

/** A holder notices within this time, in milliseconds, that its lease was taken away, even where no notification reaches it. */
const noticedAfter = 2_000;

/**
 * Takes the lease away from whoever has it and changes something; who takes it next begins with what is then, and not
 * before the former holder has left what it had under way. It is told at once, and says when it has.
 */
async function alter<T>(
  database: Database,
  name: string,
  change: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  return database.transact(async (transaction) => {
    const { rowCount } = await transaction.query({
      text: `
        UPDATE baton.consumers SET epoch = epoch + 1, owner = NULL,
          leaving = CASE WHEN owner IS NULL THEN leaving ELSE epoch END,
          lease_until = CASE WHEN owner IS NULL THEN lease_until
            ELSE now() + interval '${noticedAfter} milliseconds' END
        WHERE name = $1`,
      values: [consumerOf(name)],
    });
    if (rowCount === 0) throw notFound(name);
    await announceChange(transaction);
    return change(transaction);
  });
}
