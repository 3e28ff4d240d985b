import { randomBytes } from 'node:crypto';
import { access, chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { execa } from 'execa';

import { BatonError } from '../core/errors.ts';
import { identifyProcess } from './process-identity.ts';
import type { PostgresPrograms } from './postgres-programs.ts';
import type { ServerAccount } from './server-account.ts';

/** The owner of all databases. */
export const postgresUser = 'baton';

/** A cluster on disk. */
export interface PostgresData {
  /** What PostgreSQL calls the data directory. */
  readonly cluster: string;
  readonly password: string;
}

/** Where it is to be, and who is to own it. */
export interface DataPlace {
  readonly dataDir: string;
  readonly programs: PostgresPrograms;
  readonly account: ServerAccount | null;
}

/**
 * Opens the data of a PostgreSQL, and makes it at the first time. A start that is killed in between leaves nothing that
 * the next one would take for data.
 *
 * @throws BatonError `internal` with what PostgreSQL said
 */
export async function openPostgresData(place: DataPlace): Promise<PostgresData> {
  const { dataDir } = place;
  if (!(await exists(passwordFile(dataDir)))) await initialise(place);
  const cluster = join(dataDir, 'cluster');
  await removeStaleLock(cluster);
  return { cluster, password: await readFile(passwordFile(dataDir), 'utf8') };
}

function passwordFile(dataDir: string): string {
  return join(dataDir, 'password');
}

async function initialise({ dataDir, programs, account }: DataPlace): Promise<void> {
  const work = `${dataDir}.unfinished`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await chmod(work, 0o700);
  // The port is open to every account of this machine, and who owns the databases can run programs.
  await writeFile(passwordFile(work), randomBytes(18).toString('base64url'), { mode: 0o600 });
  if (account !== null) {
    await chown(work, account.uid, account.gid);
    await chown(passwordFile(work), account.uid, account.gid);
  }
  const { exitCode, stderr } = await execa(
    programs.initdb,
    [
      ...['--pgdata', join(work, 'cluster'), '--username', postgresUser],
      ...['--pwfile', passwordFile(work), '--auth', 'scram-sha-256'],
      // The same order of texts on every machine, whatever locales it has.
      ...[
        '--encoding',
        'UTF8',
        '--locale',
        'C',
        '--locale-provider',
        'builtin',
        '--builtin-locale',
        'C.UTF-8',
      ],
      '--no-sync',
    ],
    {
      cwd: '/',
      env: { PATH: dirname(programs.initdb), LC_ALL: 'C' },
      extendEnv: false,
      reject: false,
      ...(account !== null && { uid: account.uid, gid: account.gid }),
    },
  );
  if (exitCode !== 0) {
    throw new BatonError('internal', `PostgreSQL could not make its data folder ${dataDir}: ${stderr}`);
  }
  await rename(work, dataDir);
}

/**
 * PostgreSQL sees by itself that the server of a lock file is gone, unless another program has its pid by now: after a
 * restart of the machine or the container that is no rare thing.
 *
 * @throws BatonError `internal` when a server really runs on this data
 */
async function removeStaleLock(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const lock = await readFile(file, 'utf8').catch(() => null);
  if (lock === null) return;
  const pid = Number.parseInt(lock, 10);
  if (Number.isInteger(pid) && pid > 0 && (await runsOn(pid, cluster))) {
    const message = `A PostgreSQL already runs on ${cluster} as process ${pid}. End it (kill -INT ${pid}), then start again.`;
    throw new BatonError('internal', message);
  }
  await rm(file, { force: true });
}

async function runsOn(pid: number, cluster: string): Promise<boolean> {
  if ((await identifyProcess(pid)) === null) return false;
  const { stdout } =
    process.platform === 'linux'
      ? { stdout: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') }
      : await execa('ps', ['-o', 'command=', '-p', String(pid)], { reject: false });
  return stdout.includes(cluster);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
