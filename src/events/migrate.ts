import { fileURLToPath } from 'node:url';

import { runner } from 'node-pg-migrate';
import pg from 'pg';

import { BatonError } from '../core/errors.ts';
import { schemaName } from './database.ts';
import { isDatabaseAway } from './database-error.ts';

const migrations = fileURLToPath(new URL('migrations/', import.meta.url));

const ignore = (): undefined => undefined;

/**
 * Brings the tables of the log up to date. Each migration runs once, whoever starts first: the others wait for it.
 *
 * @throws BatonError `database-unavailable`; `internal` where the account may not, or the database is newer than this
 *   Baton
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    application_name: 'baton',
  });
  // A connection that breaks is reported by the statement; without a listener it would end the process.
  client.on('error', ignore);
  try {
    await client.connect();
    await runner({
      dbClient: client,
      dir: migrations,
      direction: 'up',
      schema: schemaName,
      createSchema: true,
      migrationsSchema: schemaName,
      migrationsTable: 'migrations',
      advisoryLockMode: 'wait',
      logger: silent,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = new URL(databaseUrl).host;
    if (isDatabaseAway(cause)) {
      const message = `PostgreSQL cannot be reached at ${place} (${reason}). Is it running, and is DATABASE_URL right?`;
      throw new BatonError('database-unavailable', message, { cause });
    }
    throw new BatonError('internal', `The tables of the event log cannot be made at ${place}: ${reason}`, {
      cause,
    });
  } finally {
    await client.end().catch(ignore);
  }
}
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
