import { isDeepStrictEqual } from 'node:util';

import { BatonError } from '../../core/errors.ts';
import { announceChange } from '../consumers/announce-change.ts';
import type { Database, Queryable } from '../database.ts';
import { positionOf } from './start-position.ts';
import { findSubscription, notFound } from './subscription-state.ts';
import { consumerOf, type StartPosition, type Subscription } from './subscription.ts';

/**
 * Makes a subscription. The same again is no change, wherever it stands by then; other content under the same name is
 * refused.
 *
 * @returns whether it is new
 * @throws BatonError `subscription-exists`
 */
export async function createSubscription(
  database: Database,
  subscription: Subscription,
  start: StartPosition,
): Promise<boolean> {
  return database.transact(async (transaction) => {
    const { name, filter, target, retry } = subscription;
    const consumer = consumerOf(name);
    const { rowCount } = await transaction.query({
      text: 'INSERT INTO baton.consumers (name, cursor) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      values: [consumer, await positionOf(transaction, start)],
    });
    if (rowCount === 0) {
      await refuseOther(transaction, subscription);
      return false;
    }
    await transaction.query({
      text: 'INSERT INTO baton.subscriptions (name, consumer, filter, target, retry) VALUES ($1, $2, $3, $4, $5)',
      values: [name, consumer, ...[filter, target, retry].map((part) => JSON.stringify(part))],
    });
    await announceChange(transaction);
    return true;
  });
}

/** Removes a subscription with all that is open of it. @throws BatonError `subscription-not-found` */
export async function removeSubscription(database: Database, name: string): Promise<void> {
  await database.transact(async (transaction) => {
    const { rowCount } = await transaction.query({
      text: 'DELETE FROM baton.consumers WHERE name = $1',
      values: [consumerOf(name)],
    });
    if (rowCount === 0) throw notFound(name);
    await announceChange(transaction);
  });
}

async function refuseOther(database: Queryable, wanted: Subscription): Promise<void> {
  const known = await findSubscription(database, wanted.name);
  const { name, filter, target, retry } = known;
  if (isDeepStrictEqual({ name, filter, target, retry }, wanted)) return;
  throw new BatonError(
    'subscription-exists',
    `There is another subscription "${wanted.name}"; delete it first, or choose another name`,
  );
}
