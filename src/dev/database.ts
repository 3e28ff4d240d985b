import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import { BatonError } from '../core/errors.ts';

/** PostgreSQL's codes (appendix A of its manual) for what happens when two create a database at the same time. */
const existsAlready = new Set(['42P04', '23505']);
const templateInUse = '55006';
const notAllowed = '42501';

/**
 * Creates a database where it is missing. Several processes may do it at once.
 *
 * @param serverUrl of any database of the server
 * @returns the URL of the database
 * @throws BatonError `internal` when the account may not create it, or the server cannot be reached
 */
export async function ensureDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 });
  // A server that goes away between two statements is reported by the next one; without this it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await createMissing(client, name);
  } catch (cause) {
    throw toBatonError(cause, { serverUrl, name });
  } finally {
    await client.end().catch(() => undefined);
  }
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

async function createMissing(client: pg.Client, name: string): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount !== null && rowCount > 0) return;
    try {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code !== null && existsAlready.has(code)) return;
      if (code !== templateInUse) throw error;
      await sleep(50);
    }
  }
}

function toBatonError(
  cause: unknown,
  { serverUrl, name }: { readonly serverUrl: string; readonly name: string },
): BatonError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message =
    codeOf(cause) === notAllowed
      ? `The database "${name}" is missing and this account may not create it. Let an administrator run: CREATE DATABASE ${pg.escapeIdentifier(name)}`
      : `The database "${name}" could not be made ready at ${placeOf(serverUrl)}: ${reason}. Where DATABASE_URL is set, is it right?`;
  return new BatonError('internal', message, { cause });
}

/** Without account and password. */
function placeOf(serverUrl: string): string {
  return new URL(serverUrl).host;
}

function codeOf(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}
