import { dirname, resolve } from 'node:path';

import pg from 'pg';

import { BatonError } from '../core/errors.ts';
import { type Running, startChild } from './child-process.ts';
import { ensureDatabase } from './database.ts';
import { rotateLog, tailOfLog } from './log-file.ts';
import { openPostgresData, postgresUser } from './postgres-data.ts';
import { locatePostgres } from './postgres-programs.ts';
import { secondsSince } from './report.ts';
import { findServerAccount, reachableDataDir, type ServerAccount } from './server-account.ts';
import type { ServerOptions } from './server-options.ts';
import { waitUntilReady } from './wait-until.ts';

export interface PostgresServerOptions extends ServerOptions {
  /**
   * Everything in the databases; survives restarts, also after SIGKILL. As root the server runs as another account,
   * and where that one cannot reach this folder, another is taken and reported.
   */
  readonly dataDir: string;
}

export interface PostgresServer extends Running {
  /** Of the database `baton`, with user and password; other databases are at the same server. */
  readonly url: string;
}

/** Longest start, in milliseconds: after a crash the server first goes through its log. */
const startLimit = 60_000;
/** How long it may take to write what it has, in milliseconds. */
const stopGrace = 10_000;

/**
 * Starts PostgreSQL and waits until its database answers.
 *
 * @throws BatonError `internal` with the end of its log
 */
export async function startPostgres(options: PostgresServerOptions): Promise<PostgresServer> {
  const { host, port, report } = options;
  const start = Date.now();
  const account = await findServerAccount();
  const programs = await locatePostgres(account);
  const dataDir = await placeData(options, account);
  const data = await openPostgresData({ dataDir, programs, account });
  rotateLog(options.logFile);

  const serverUrl = `postgres://${postgresUser}:${data.password}@${host}:${port}/postgres`;
  const settings = {
    listen_addresses: host,
    port: String(port),
    // A socket in a shared folder would clash with another server's.
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = await startOnFreeMemory({
    options,
    serverUrl,
    start: () =>
      startChild({
        name: 'PostgreSQL',
        command: [programs.postgres, '-D', data.cluster, ...flags],
        cwd: '/',
        env: { PATH: dirname(programs.postgres), LC_ALL: 'C' },
        logFile: options.logFile,
        // "Fast": ends the sessions and writes everything. On SIGTERM it would wait for its clients.
        stopSignal: 'SIGINT',
        grace: stopGrace,
        account,
        ledger: options.ledger ?? null,
      }),
  });
  const url = await ensureDatabase(serverUrl, 'baton');
  report(`PostgreSQL: ready on ${host}:${port}, after ${secondsSince(start)}`);
  return { ...child, url };
}

async function placeData(options: PostgresServerOptions, account: ServerAccount | null): Promise<string> {
  const wanted = resolve(options.dataDir);
  if (account === null) return wanted;
  const dataDir = await reachableDataDir(account, wanted);
  if (dataDir !== wanted) {
    options.report(
      `PostgreSQL: runs as ${account.name}, which cannot reach ${wanted}; its data is in ${dataDir}`,
    );
  }
  return dataDir;
}

interface Attempt {
  readonly options: PostgresServerOptions;
  readonly serverUrl: string;
  readonly start: () => Promise<Running>;
}

/** The last words of a server that found the processes of a killed one still about to end. */
const memoryInUse = 'pre-existing shared memory block';

/** Starts the server; again while the processes of one that was just killed have not noticed yet. */
async function startOnFreeMemory({ options, serverUrl, start }: Attempt): Promise<Running> {
  const deadline = Date.now() + startLimit;
  for (;;) {
    const child = await start();
    try {
      const { exited } = child;
      const ready = async (): Promise<boolean> => answers(serverUrl);
      await waitUntilReady({ exited, limit: startLimit, signal: options.signal, ready });
      return child;
    } catch (cause) {
      await child.stop();
      options.signal?.throwIfAborted();
      const tail = await tailOfLog(options.logFile);
      if (tail.includes(memoryInUse) && Date.now() < deadline) continue;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `PostgreSQL did not start on ${options.host}:${options.port}: ${reason}. The end of ${options.logFile}:\n${tail}`;
      throw new BatonError('internal', message, { cause });
    }
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // One that breaks is reported by the statement; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
