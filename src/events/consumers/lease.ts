import type { Database, Queryable } from '../database.ts';

/**
 * The right to go on with a consumer, held by one process at a time. It ends when its signal is aborted: it is to be
 * given back, was taken away, or could not be renewed in time.
 */
export interface Lease {
  /** Of the consumer. */
  readonly consumer: string;
  readonly epoch: number;
  /** Where the consumer was when the lease began. */
  readonly cursor: number;
  /** Nothing new is begun; what is under way may end. */
  readonly signal: AbortSignal;
  /** Another may have the consumer: what is under way is to be left at once. */
  readonly lost: AbortSignal;
  /** By this machine's own clock, so that a process that was frozen notices before it asks anyone. */
  isHeld(): boolean;
}

/** Another process has the consumer by now, or someone has changed it. */
export class LeaseLost extends Error {
  constructor(consumer: string) {
    super(`the lease of ${consumer} is lost`);
    this.name = 'LeaseLost';
  }
}

/**
 * Does what only the holder may, in one transaction: it begins with a look, under lock, whether the lease still holds.
 *
 * @throws LeaseLost and nothing is written
 */
export async function underLease<T>(
  database: Database,
  lease: Pick<Lease, 'consumer' | 'epoch'>,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  return database.transact(async (transaction) => {
    await fence(transaction, lease);
    return work(transaction);
  });
}

/**
 * Looks, under lock, whether the lease holds; it does until the end of the transaction then.
 *
 * @throws LeaseLost
 */
export async function fence(
  transaction: Queryable,
  { consumer, epoch }: Pick<Lease, 'consumer' | 'epoch'>,
): Promise<void> {
  const { rowCount } = await transaction.query({
    name: 'fence',
    text: 'SELECT FROM baton.consumers WHERE name = $1 AND epoch = $2 FOR NO KEY UPDATE',
    values: [consumer, epoch],
  });
  if (rowCount !== 1) throw new LeaseLost(consumer);
}

/**
 * Writes down how far the holder has come.
 *
 * @throws LeaseLost
 */
export async function saveCursor(
  database: Queryable,
  { consumer, epoch }: Pick<Lease, 'consumer' | 'epoch'>,
  cursor: number,
): Promise<void> {
  const { rowCount } = await database.query({
    name: 'save-cursor',
    text: 'UPDATE baton.consumers SET cursor = $3 WHERE name = $1 AND epoch = $2',
    values: [consumer, epoch, cursor],
  });
  if (rowCount !== 1) throw new LeaseLost(consumer);
}
