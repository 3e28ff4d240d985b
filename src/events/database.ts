import pg from 'pg';
import type { Logger } from 'pino';

import { BatonError } from '../core/errors.ts';
import { isDatabaseAway } from './database-error.ts';

/** What runs a statement: the pool, or one transaction. */
export interface Queryable {
  /** @throws BatonError `database-unavailable` */
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<pg.QueryResult<Row>>;
}

interface Statement {
  /** Prepared once for each connection under this name. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** The PostgreSQL that holds the log and all that belongs to it. */
export interface Database extends Queryable {
  readonly url: string;
  /**
   * Runs statements in one transaction, which is rolled back when `work` throws.
   *
   * @throws BatonError `database-unavailable`
   */
  transact<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** All tables of Baton's are in a schema of their own, so that a team's database may hold them beside its own. */
export const schemaName = 'baton';

/** Where PostgreSQL notifies: of what was appended, and of consumers that were changed. */
export const channels = { events: `${schemaName}_events`, consumers: `${schemaName}_consumers` };

/** In milliseconds: a server that is frozen must not hold a request for ever. */
const patience = { connect: 5_000, statement: 20_000 };

export interface DatabaseOptions {
  readonly url: string;
  readonly log: Logger;
  /** Connections at the most. */
  readonly connections?: number;
  /** Makes the database ready; done before the first statement, and tried again by the next one when it fails. */
  readonly prepare?: () => Promise<void>;
}

/** Opens a pool of connections; none is made before it is needed, so PostgreSQL may be away at first. */
export function openDatabase({ url, log, connections = 10, prepare }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: patience.connect,
    query_timeout: patience.statement,
    application_name: 'baton',
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => {
    log.debug({ reason: error.message }, 'an idle connection to PostgreSQL broke');
  });
  const prepared = onceDone(prepare ?? (() => Promise.resolve()));
  return {
    url,
    query: async (statement) => {
      await prepared();
      return orUnavailable(pool.query(toConfig(statement)));
    },
    transact: async (work) => {
      await prepared();
      return transact(pool, work);
    },
    close: async () => pool.end(),
  };
}

/** Does the work once, for all who ask meanwhile; again only after it failed. */
function onceDone(work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | null = null;
  return async () => {
    working ??= work().catch((error: unknown) => {
      working = null;
      throw error;
    });
    return working;
  };
}

async function transact<T>(pool: pg.Pool, work: (transaction: Queryable) => Promise<T>): Promise<T> {
  const client = await orUnavailable(pool.connect());
  // A connection that breaks between two statements is reported by the next one.
  const ignore = (): undefined => undefined;
  client.on('error', ignore);
  let isBroken = false;
  const query: Queryable['query'] = async (statement) => orUnavailable(client.query(toConfig(statement)));
  try {
    await query({ text: 'BEGIN' });
    const result = await work({ query });
    await query({ text: 'COMMIT' });
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(isBroken);
  }
}

function toConfig({ name, text, values = [] }: Statement): pg.QueryConfig {
  return { ...(name !== undefined && { name: `baton-${name}` }), text, values: [...values] };
}

/** The one place where what `pg` throws becomes an error of Baton's. */
async function orUnavailable<T>(working: Promise<T>): Promise<T> {
  try {
    return await working;
  } catch (cause) {
    if (!isDatabaseAway(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BatonError('database-unavailable', `PostgreSQL does not answer (${reason})`, { cause });
  }
}
