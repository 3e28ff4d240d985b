import pg from 'pg';

import { locatePostgres } from '../../dev/postgres-programs.ts';
import { findServerAccount } from '../../dev/server-account.ts';
import { type Check, fail, failFaults, ok } from './check.ts';
import { patience, type Surroundings } from './surroundings.ts';

const name = 'PostgreSQL';

/** The PostgreSQL that is named, or else whether `baton dev` has one to start. */
export async function checkPostgres({ config }: Pick<Surroundings, 'config'>): Promise<Check> {
  if (config.databaseUrl !== null) return checkServer(config.databaseUrl);
  try {
    await findServerAccount();
    // Without an account nothing is copied.
    const { postgres } = await locatePostgres(null);
    return ok(name, `DATABASE_URL is not set: baton dev starts ${postgres}`);
  } catch (error) {
    const [check] = failFaults(
      name,
      error,
      'mend that, or set DATABASE_URL to a PostgreSQL that runs elsewhere',
    );
    if (check === undefined) throw error;
    return check;
  }
}

async function checkServer(url: string): Promise<Check> {
  // Without account and password.
  const place = new URL(url).host;
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return ok(name, `${place} answers, version ${rows[0]?.server_version ?? 'unknown'}`);
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? error.message : 'it does not answer';
    return fail(
      name,
      `${place}: ${reason}`,
      'start it, mend DATABASE_URL, or unset it: baton dev then starts one',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
