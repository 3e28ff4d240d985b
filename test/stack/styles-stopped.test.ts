import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Part } from '../support/part.ts';
import { persist } from '../support/persist.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { openShopFloor, patience, type ShopFloor, type Style, styles } from '../support/shop-styles.ts';
import { createOrder } from '../support/shop.ts';
import { openStack, type Stack } from '../support/stack.ts';
import { startTemporal, type TestTemporal } from '../temporal/start-temporal.ts';

let home: string;
let temporal: TestTemporal;
let postgres: Postgres;
let stack: Stack;
let floor: ShopFloor;
let deliverers: [Part, Part];

const startedTemporal = async (port?: number): Promise<TestTemporal> =>
  startTemporal({ dataFile: join(home, 'temporal.db'), ...(port !== undefined && { port }) });

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'baton-stopped-'));
  [temporal, postgres] = await Promise.all([startedTemporal(), startPostgres()]);
  stack = await openStack({
    temporalAddress: temporal.settings.address,
    databaseUrl: await postgres.createDatabase(),
  });
  floor = openShopFloor(stack);
  [deliverers] = await Promise.all([
    Promise.all([stack.startDeliverer(), stack.startDeliverer()]),
    stack.startWorker(),
    stack.startApi(),
  ]);
});
afterAll(async () => {
  await stack.close();
  await Promise.all([temporal.stop(), postgres.stop()]);
  await rm(home, { recursive: true, force: true });
});

const place = async (style: Style, orderId: string): Promise<void> =>
  floor.place(style, createOrder(stack.project, orderId));

/** What an order does that goes through: two lines, a card, a parcel, a notice. */
const each = {
  inventory: { reserved: 2 },
  payment: { authorised: 1, captured: 1 },
  shipping: { created: 1 },
  notification: { sent: 1 },
};

const untilDoneOnce = async (orderId: string): Promise<void> =>
  persist(async () => {
    expect(await stack.effects(orderId)).toEqual(each);
  }, patience);

describe('orders while Temporal is stopped', () => {
  it('go on by events alone; those of processes wait, and go on when it is back', async () => {
    await stack.addFault('shipping', { operation: 'create', status: 503, times: null });
    for (const style of styles) await place(style, `before-${style}`);
    for (const style of styles) await floor.untilStatus(`before-${style}`, 'payment-authorised');
    const port = Number(temporal.settings.address.split(':')[1]);
    await temporal.stop();
    await stack.removeFaults('shipping');

    await floor.untilStatus('before-choreography', 'shipped');
    await place('choreography', 'during-choreography');
    await floor.untilStatus('during-choreography', 'shipped');
    await place('hybrid', 'during-hybrid');
    const refused = await stack.send('POST', '/v1/processes/order-fulfilment/runs', {
      body: { id: 'during-orchestration', input: createOrder(stack.project, 'during-orchestration') },
    });
    expect(refused).toMatchObject({ status: 503, body: { code: 'temporal-unavailable' } });
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect((await floor.eventsOf('during-hybrid')).map(({ type }) => type)).toEqual(['order.placed']);

    temporal = await startedTemporal(port);
    await persist(async () => place('orchestration', 'during-orchestration'), 60_000);
    for (const when of ['before', 'during'])
      for (const style of styles) await untilDoneOnce(`${when}-${style}`);
  }, 400_000);
});

describe('500 orders, with one deliverer of two killed in their middle', () => {
  it('are all done, and each effect happens once', async () => {
    const orders = Array.from({ length: 500 }, (_, number) => createOrder(stack.project, `many-${number}`));
    const told = orders.map((data) => ({
      ...{ specversion: '1.0', type: 'order.placed', source: '/shop/till', id: `${data.orderId}-placed` },
      ...{ subject: data.orderId, correlationid: data.orderId, style: 'choreography', data },
    }));
    const before = await stack.effects();
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    for (let first = 0; first < told.length; first += 100) {
      const body = told.slice(first, first + 100);
      expect(await stack.send('POST', '/v1/events', { headers, body })).toMatchObject({ status: 201 });
    }
    const done = async (service: 'payment' | 'notification', effect: string): Promise<number> =>
      ((await stack.effects())[service][effect] ?? 0) - (before[service][effect] ?? 0);
    await persist(async () => {
      expect(await done('payment', 'captured')).toBeGreaterThan(100);
    }, 60_000);
    expect(await done('payment', 'captured')).toBeLessThan(500);
    await deliverers[0].kill();

    await persist(async () => {
      expect(await done('notification', 'sent')).toBeGreaterThanOrEqual(500);
      expect(await done('payment', 'captured')).toBeGreaterThanOrEqual(500);
    }, 180_000);
    const after = await stack.effects();
    const more = Object.fromEntries(
      Object.entries(each).map(([service, effects]) => [
        service,
        Object.fromEntries(
          Object.entries(effects).map(([effect, times]) => [
            effect,
            (before[service as keyof typeof before][effect] ?? 0) + 500 * times,
          ]),
        ),
      ]),
    );
    expect(after).toMatchObject(more);
  }, 400_000);
});

describe('PostgreSQL stopped for 20 s', () => {
  it('has clients try again, and then everything goes on', async () => {
    const orders = styles.flatMap((style) =>
      Array.from({ length: 3 }, (_, number) => ({ style, orderId: `stopped-${style}-${number}` })),
    );
    for (const { style, orderId } of orders) await place(style, orderId);
    await postgres.halt();
    const back = Date.now() + 20_000;
    const refused = await stack.send('GET', '/v1/events');
    expect(refused).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    const late = styles.map((style) => ({ style, orderId: `late-${style}` }));
    const placing = Promise.all(
      late.map(async ({ style, orderId }) => persist(async () => place(style, orderId), 60_000)),
    );
    // Longer than leases, retries and patience of any part; no condition but the time itself says so.
    await persist(async () => {
      if (Date.now() < back) throw new Error('not 20 s yet');
      return Promise.resolve();
    });
    await postgres.start();
    await placing;
    for (const { orderId } of [...orders, ...late]) await untilDoneOnce(orderId);
  }, 400_000);
});

describe('the read model of the orders, its table dropped', () => {
  it('is rebuilt from the log as it was, row by row', async () => {
    const url = '/v1/read-models/orders';
    const caughtUp = async (): Promise<void> =>
      persist(async () => {
        expect((await stack.send('GET', url)).body).toMatchObject({ status: 'live', lag: 0, next: null });
      }, 60_000);
    await caughtUp();
    const client = new pg.Client(stack.embedded.databaseUrl);
    await client.connect();
    const before = await tableOfOrders(client);
    expect(before.rows.length).toBeGreaterThan(500);
    await client.query(`DROP TABLE baton.${before.name}`);
    expect(await stack.send('GET', `${url}/rows/many-1`)).toMatchObject({
      status: 500,
      body: { detail: expect.stringContaining('POST /v1/read-models/orders/rebuild') as string },
    });
    expect(await stack.send('POST', `${url}/rebuild`)).toMatchObject({ status: 202 });
    await caughtUp();
    const after = await tableOfOrders(client);
    await client.end();
    expect(after.name).not.toBe(before.name);
    expect(after.rows).toEqual(before.rows);
    expect(await stack.send('GET', `${url}/rows/many-1`)).toMatchObject({ status: 200 });
  }, 120_000);
});

async function tableOfOrders(client: pg.Client): Promise<{ name: string; rows: readonly unknown[] }> {
  const tables = await client.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_name LIKE 'read_model_orders_%'",
  );
  const [name = ''] = tables.rows.map((table) => table.name);
  expect(tables.rows).toHaveLength(1);
  const { rows } = await client.query<{ key: string }>(
    `SELECT key, row, position::int FROM baton.${name} ORDER BY key`,
  );
  return { name, rows };
}
