import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { inventory } from '../../../../examples/shop/services/inventory/inventory.ts';
import { openShopLab, type Reply, type ShopLab, type TestedService } from './shop-lab.ts';
import { until } from './until.ts';

let lab: ShopLab;
let service: TestedService;
let database: string;
/** Connected to another database of the same server, so that it stays when the service's own is cut off. */
let admin: pg.Client;

beforeAll(async () => {
  lab = await openShopLab();
});
afterAll(() => lab.close());

beforeEach(async () => {
  service = await lab.start(inventory);
  database = new URL(service.databaseUrl).pathname.slice(1);
  admin = new pg.Client(service.databaseUrl.replace(database, 'postgres'));
  await admin.connect();
});
afterEach(() => admin.end());

const reserve = (): Promise<Reply> =>
  service.ask('PUT /reservations/D-1', {
    key: 'reserve',
    body: { orderId: 'D-1', sku: 'tea-sencha', quantity: 1 },
  });

const unavailable = { status: 503, body: { code: 'database-unavailable' } };

describe('a service whose database', () => {
  test('is away says so, and works again when it is back', async () => {
    await admin.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      database,
    ]);

    expect(await service.ask('GET /health')).toMatchObject(unavailable);
    const refused = await reserve();
    expect(refused).toMatchObject(unavailable);
    expect(refused.headers.get('Retry-After')).toBe('1');

    await admin.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
    expect(await service.ask('GET /health')).toMatchObject({ status: 200 });
    expect(await reserve()).toMatchObject({ status: 201 });
    expect(await service.counts('D-1')).toEqual({ reserved: 1 });
  });

  test('cuts it off in the middle of a change has done nothing, and can do it again', async () => {
    const other = new pg.Client(service.databaseUrl);
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query("SELECT 1 FROM stock WHERE sku = 'tea-sencha' FOR UPDATE");
      const answer = reserve();
      await until(async () => {
        const { rowCount } = await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
          [database],
        );
        expect(rowCount).toBe(1);
      });
      expect(await answer).toMatchObject(unavailable);
      expect(await service.counts('D-1')).toEqual({});
      await other.query('ROLLBACK');
    } finally {
      await other.end();
    }
    expect(await reserve()).toMatchObject({ status: 201 });
    expect(await service.counts('D-1')).toEqual({ reserved: 1 });
  });
});
