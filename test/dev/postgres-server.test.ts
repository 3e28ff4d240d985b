import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { ensureDatabase } from '../../src/dev/database.ts';
import { freePort } from '../../src/dev/ports.ts';
import { type PostgresServer, startPostgres } from '../../src/dev/postgres-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const host = '127.0.0.1';

async function serverIn(folder: string): Promise<() => Promise<PostgresServer>> {
  const port = await freePort(host);
  return async () => {
    const dataDir = join(folder, 'data');
    const logFile = join(folder, 'postgres.log');
    const server = await startPostgres({ host, port, dataDir, logFile, report: () => undefined });
    onTestFinished(async () => server.stop());
    return server;
  };
}

async function query(url: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}

it('keeps its data over a SIGKILL, and over a stop', async () => {
  const folder = temporaryFolder();
  const start = await serverIn(folder);
  const first = await start();
  await query(first.url, 'CREATE TABLE orders AS SELECT 17 AS id');
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toBe('signal SIGKILL');

  const second = await start();
  expect(second.url).toBe(first.url);
  await query(second.url, 'INSERT INTO orders VALUES (18)');
  // A session that is still open must not hold the stop up.
  const open = new pg.Client({ connectionString: second.url });
  open.on('error', () => undefined);
  await open.connect();
  await second.stop();
  expect(await second.exited).toBe('exit code 0');

  // After a restart of the machine, another program may have the pid in the lock file.
  writeFileSync(join(folder, 'data', 'cluster', 'postmaster.pid'), `${process.pid}\n`);
  const third = await start();
  expect(await query(third.url, 'SELECT id FROM orders ORDER BY id')).toEqual([{ id: 17 }, { id: 18 }]);
  await expect(start()).rejects.toThrow(`as process ${third.pid}`);
});

describe('a server that runs', () => {
  let server: PostgresServer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'baton-dev-'));
    chmodSync(folder, 0o755);
    server = await startPostgres({
      ...{ host, port: await freePort(host), report: () => undefined },
      dataDir: join(folder, 'data'),
      logFile: join(folder, 'postgres.log'),
    });
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('gets each database once, however many want it at the same time', async () => {
    const names = ['shop_stock', 'shop_stock', 'shop_stock', 'shop_payment', 'with "quotes" and spaces'];
    const urls = await Promise.all(names.map((name) => ensureDatabase(server.url, name)));
    for (const [index, name] of names.entries()) {
      expect(await query(urls[index] ?? '', 'SELECT current_database() AS name')).toEqual([{ name }]);
    }
  });

  it('asks for its password, and does not write it into the log', async () => {
    const wrong = new URL(server.url);
    const { password } = wrong;
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(await readFile(join(folder, 'postgres.log'), 'utf8')).not.toContain(password);
  });
});

it('says which database could not be made ready, and why', async () => {
  const nobody = `postgres://baton:guess@${host}:${await freePort(host)}/postgres`;
  await expect(ensureDatabase(nobody, 'shop_stock')).rejects.toThrow(/"shop_stock".*ECONNREFUSED/);
});
