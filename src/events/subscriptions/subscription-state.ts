import { BatonError } from '../../core/errors.ts';
import type { Queryable } from '../database.ts';
import type { Subscription } from './subscription.ts';

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

export function notFound(name: string): BatonError {
  return new BatonError('subscription-not-found', `There is no subscription "${name}"`);
}
