import pg from 'pg';
import type { Logger } from 'pino';

export type Database = pg.Pool;
export type Transaction = pg.PoolClient;

/** Opens a pool; it connects when it is first used. */
export function openDatabase(url: string, log: Logger): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    // A service that was stopped in the middle must not hold its locks for ever.
    idle_in_transaction_session_timeout: 10_000,
  });
  // A connection that breaks between two queries tells it by an event; unheard, it would end the process.
  pool.on('connect', (client) => {
    client.on('error', (error) => {
      log.warn({ error: error.message }, 'a connection to the database was lost');
    });
  });
  pool.on('error', () => {
    // The pool repeats what its connections told, and opens a new one when it needs one.
  });
  return pool;
}

/** Does all of `work` or, when it throws, nothing of it. */
export async function transact<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is of no more use; PostgreSQL rolls back when it is closed.
    const isBroken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    client.release(isBroken);
    throw error;
  }
}

/** Whether the database is away or overloaded, so that the same request may well succeed in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return passingFaults.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const { code = '', message }: NodeJS.ErrnoException = error;
  return /^E[A-Z]/.test(code) || /connection|connect$/i.test(message);
}

/**
 * By PostgreSQL's error codes: connection lost, let nobody in, no such database, deadlock, out of resources, not ready,
 * stopped by an operator or a timeout, idle in a transaction for too long.
 */
const passingFaults = /^(08|28|3D|40|53|55|57|25P03)/;
