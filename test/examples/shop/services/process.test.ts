import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { freePort } from '../../../../src/dev/ports.ts';
import { type Postgres, startPostgres } from '../../../support/postgres.ts';
import { ready, serviceProcesses } from './service-process.ts';
import { type Reply, testedService } from './shop-lab.ts';
import { until } from './until.ts';

let postgres: Postgres;
const { start, killAll } = serviceProcesses();

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
afterEach(killAll);

describe('a service as a process', () => {
  test('names all that is wrong with its environment in one line, and ends', async () => {
    const started = start('shipping', { LOG_LEVEL: 'loud' });
    expect(await started.ended).toBe(1);
    expect(started.stderr.trim().split('\n')).toHaveLength(1);
    expect(started.stderr).toMatch(/^shipping failed: PORT .*DATABASE_URL .*LOG_LEVEL /);
  });

  test('says that its port is taken, and ends', async () => {
    const [port, databaseUrl] = [String(await freePort('127.0.0.1')), await postgres.createDatabase()];
    const first = start('inventory', { PORT: port, DATABASE_URL: databaseUrl });
    await ready(first);
    const second = start('inventory', { PORT: port, DATABASE_URL: databaseUrl });
    expect(await second.ended).toBe(1);
    expect(second.stderr).toBe(`inventory failed: port ${port} of 127.0.0.1 is taken; set PORT to another\n`);
  });

  test('makes its tables when two start at once', async () => {
    const databaseUrl = await postgres.createDatabase();
    const both = await Promise.all(
      ['one', 'two'].map(async () =>
        start('payment', { PORT: String(await freePort('127.0.0.1')), DATABASE_URL: databaseUrl }),
      ),
    );
    await Promise.all(both.map(ready));
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what it is answering at %s, then ends',
    async (signal) => {
      const [port, databaseUrl] = [String(await freePort('127.0.0.1')), await postgres.createDatabase()];
      const started = start('inventory', { PORT: port, DATABASE_URL: databaseUrl });
      await ready(started);
      const service = testedService(`http://127.0.0.1:${port}`, databaseUrl);
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

      await service.addFault({ operation: 'reserve', delayMs: 500 });
      const answer = service.ask('PUT /reservations/Z-1', {
        key: 'last',
        headers: { traceparent },
        body: { orderId: 'Z-1', sku: 'tea-sencha', quantity: 1 },
      });
      await until(async () => {
        expect((await service.ask('GET /faults')).body).toEqual({ faults: [] });
      });
      started.child.kill(signal);

      expect(await answer).toMatchObject({ status: 201 });
      expect(await started.ended).toBe(0);
      const lines = started.stdout
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text) as object);
      const request = {
        method: 'PUT',
        url: '/reservations/Z-1',
        status: 201,
        idempotencyKey: 'last',
        traceparent,
      };
      expect(
        lines.filter((logged) => 'idempotencyKey' in logged && logged.idempotencyKey === 'last'),
      ).toEqual([expect.objectContaining(request)]);
    },
  );

  test('killed in the middle of a change has done nothing, and does it once when it is asked again', async () => {
    const [port, databaseUrl] = [String(await freePort('127.0.0.1')), await postgres.createDatabase()];
    const env = { PORT: port, DATABASE_URL: databaseUrl };
    const killed = start('inventory', env);
    await ready(killed);
    const service = testedService(`http://127.0.0.1:${port}`, databaseUrl);
    const reserve = (): Promise<Reply> =>
      service.ask('PUT /reservations/Z-2', {
        key: 'killed',
        body: { orderId: 'Z-2', sku: 'tea-sencha', quantity: 1 },
      });

    const client = new pg.Client(databaseUrl);
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query("SELECT 1 FROM stock WHERE sku = 'tea-sencha' FOR UPDATE");
      const answer = reserve();
      const lost = expect(answer).rejects.toThrow();
      await until(async () => {
        const waiting = await client.query(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        expect(waiting.rowCount).toBe(1);
      });
      killed.child.kill('SIGKILL');
      await killed.ended;
      await lost;
      await client.query('ROLLBACK');
    } finally {
      await client.end();
    }

    await ready(start('inventory', env));
    const again = await reserve();
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, null]);
    expect(await service.counts('Z-2')).toEqual({ reserved: 1 });
  });
});
