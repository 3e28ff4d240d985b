import { isDeepStrictEqual } from 'node:util';

import { BatonError } from '../../core/errors.ts';
import { announceChange } from '../consumers/announce-change.ts';
import type { Database, Queryable } from '../database.ts';
import { positionBefore, readHead } from '../read-events.ts';
import { consumerOf, type StartPosition, type Subscription } from './subscription.ts';

/** A subscription and how it is getting on. */
export interface SubscriptionState extends Subscription {
  readonly isPaused: boolean;
  /** Every event up to this position is delivered, or is one of those counted below. */
  readonly cursor: number;
  /** Positions between the cursor and the end of the log; not all of them fit the filter. */
  readonly lag: number;
  /** Events that failed and are tried again, wait behind one of their subject, or wait for a person. */
  readonly open: { readonly retrying: number; readonly waiting: number; readonly parked: number };
  readonly createdAt: string;
}

type Row = Subscription & {
  readonly paused: boolean;
  readonly cursor: string;
  readonly lag: string;
  readonly retrying: number;
  readonly waiting: number;
  readonly parked: number;
  readonly created_at: Date;
};

const select = `
  SELECT subscriptions.name, filter, target, retry, paused, cursor, created_at,
    greatest(0, (SELECT coalesce(max(position), 0) FROM baton.events) - cursor) AS lag,
    count(*) FILTER (WHERE state = 'retrying')::integer AS retrying,
    count(*) FILTER (WHERE state = 'waiting')::integer AS waiting,
    count(*) FILTER (WHERE state = 'parked')::integer AS parked
  FROM baton.subscriptions
  JOIN baton.consumers ON consumers.name = consumer
  LEFT JOIN baton.deliveries ON subscription = subscriptions.name`;
const group = 'GROUP BY subscriptions.name, consumers.name ORDER BY subscriptions.name';

export async function listSubscriptions(database: Queryable): Promise<readonly SubscriptionState[]> {
  const { rows } = await database.query<Row>({ text: `${select} ${group}` });
  return rows.map(toState);
}

/** @throws BatonError `subscription-not-found` */
export async function findSubscription(database: Queryable, name: string): Promise<SubscriptionState> {
  const { rows } = await database.query<Row>({
    text: `${select} WHERE subscriptions.name = $1 ${group}`,
    values: [name],
  });
  const [row] = rows;
  if (row === undefined) throw notFound(name);
  return toState(row);
}

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
 * Delivers again from a position on. What was open is forgotten: it comes again, or lies before the position.
 *
 * @throws BatonError `subscription-not-found`
 */
export async function replaySubscription(
  database: Database,
  name: string,
  from: StartPosition,
): Promise<void> {
  await alter(database, name, async (transaction) => {
    await transaction.query({ text: 'DELETE FROM baton.deliveries WHERE subscription = $1', values: [name] });
    await transaction.query({
      text: 'UPDATE baton.consumers SET cursor = $2 WHERE name = $1',
      values: [consumerOf(name), await positionOf(transaction, from)],
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

async function positionOf(database: Queryable, start: StartPosition): Promise<number> {
  if (start === 'beginning') return 0;
  const head = await readHead(database);
  if (start === 'now') return head;
  return 'time' in start ? positionBefore(database, start.time) : Math.min(start.position, head);
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

function toState({
  paused,
  cursor,
  lag,
  retrying,
  waiting,
  parked,
  created_at: createdAt,
  ...row
}: Row): SubscriptionState {
  return {
    ...row,
    isPaused: paused,
    cursor: Number(cursor),
    lag: Number(lag),
    open: { retrying, waiting, parked },
    createdAt: createdAt.toISOString(),
  };
}

function notFound(name: string): BatonError {
  return new BatonError('subscription-not-found', `There is no subscription "${name}"`);
}
