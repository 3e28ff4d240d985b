import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  isDatabaseAway,
  openDatabase,
  transact,
} from '../../../../../examples/shop/services/shared/database.ts';
import { type Postgres, startPostgres } from '../../../../support/postgres.ts';
import { until } from '../until.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test('a connection that is lost between two queries fails the transaction, not the process', async () => {
  const url = await postgres.createDatabase();
  const lines: string[] = [];
  const database = openDatabase(url, pino({}, { write: (line: string) => lines.push(line) }));
  const admin = new pg.Client(url);
  await admin.connect();
  try {
    const lost = transact(database, async (transaction) => {
      const { rows } = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await admin.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await until(() => {
        expect(lines.join('')).toContain('a connection to the database was lost');
      });
      await transaction.query('SELECT 1');
    });
    expect(isDatabaseAway(await lost.catch((error: unknown) => error))).toBe(true);
    expect(
      await transact(database, async (transaction) => (await transaction.query('SELECT 1')).rowCount),
    ).toBe(1);
  } finally {
    await admin.end();
    await database.end();
  }
});
