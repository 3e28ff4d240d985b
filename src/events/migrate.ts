import { fileURLToPath } from 'node:url';

import { runner } from 'node-pg-migrate';

import { BatonError } from '../core/errors.ts';
import { schemaName } from './database.ts';
import { isDatabaseAway } from './database-error.ts';

const migrations = fileURLToPath(new URL('migrations/', import.meta.url));

/**
 * Brings the tables of the log up to date. Each migration runs once, whoever starts first: the others wait for it.
 *
 * @throws BatonError `database-unavailable`; `internal` where the account may not, or the database is newer than this
 *   Baton
 */
export async function migrate(databaseUrl: string): Promise<void> {
  try {
    await runner({
      databaseUrl: {
        connectionString: databaseUrl,
        connectionTimeoutMillis: 10_000,
        application_name: 'baton',
      },
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
  }
}

const ignore = (): undefined => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
