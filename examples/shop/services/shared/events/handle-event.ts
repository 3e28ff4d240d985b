import { type Database, transact } from '../database.ts';
import { causeOfEvent } from './cause.ts';
import { publish } from './outbox.ts';
import type { Reaction } from './reaction.ts';
import type { ShopEvent } from './shop-event.ts';

/**
 * Reacts to an event once, however often it is delivered. The memory of it, what it changes and what that tells others are
 * in one transaction. A second delivery waits until the first has ended.
 *
 * @returns whether it was new
 */
export async function handleEvent(
  event: ShopEvent,
  reaction: Reaction,
  { database, service }: { readonly database: Database; readonly service: string },
): Promise<boolean> {
  return transact(database, async (transaction) => {
    const taken = await transaction.query(
      'INSERT INTO handled_events (source, id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [event.source, event.id],
    );
    if (taken.rowCount === 0) return false;
    const facts = await reaction.react(transaction, event);
    await publish(transaction, facts, { service, cause: causeOfEvent(event) });
    return true;
  });
}
