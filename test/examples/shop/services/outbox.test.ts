import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { freePort } from '../../../../src/dev/ports.ts';
import { type Postgres, startPostgres } from '../../../support/postgres.ts';
import { type EventHub, openEventHub } from './event-hub.ts';
import { ready, serviceProcesses } from './service-process.ts';
import { type Reply, type TestedService, testedService } from './shop-lab.ts';
import { until } from './until.ts';

let postgres: Postgres;
let hub: EventHub;
let databaseUrl: string;
const { start, killAll } = serviceProcesses();

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  [hub, databaseUrl] = await Promise.all([openEventHub(), postgres.createDatabase()]);
});
afterEach(async () => {
  killAll();
  await hub.close();
});

async function startInventory(): Promise<{ service: TestedService; kill: () => Promise<unknown> }> {
  const port = String(await freePort('127.0.0.1'));
  const env = { PORT: port, DATABASE_URL: databaseUrl, BATON_API: hub.url };
  const started = start('inventory', env);
  await ready(started);
  return {
    service: testedService(`http://127.0.0.1:${port}`, databaseUrl),
    kill: () => {
      started.child.kill('SIGKILL');
      return started.ended;
    },
  };
}

const place = (service: TestedService, orderId: string): Promise<Reply> =>
  service.ask('POST /events', {
    headers: {
      'ce-specversion': '1.0',
      'ce-id': orderId,
      'ce-source': '/shop/test',
      'ce-type': 'order.placed',
      'ce-style': 'choreography',
    },
    body: { orderId, lines: [{ sku: 'tea-sencha', quantity: 1 }] },
  });

const told = (): readonly unknown[] => hub.events.map(({ subject }) => subject);

const untilTold = (orders: readonly string[]): Promise<void> =>
  until(() => {
    expect(told()).toEqual(orders);
  });

describe('an event that was committed', () => {
  test('is told by the next start when the service is killed before it could tell', async () => {
    hub.isAway = true;
    const { service, kill } = await startInventory();
    expect(await place(service, 'K-1')).toMatchObject({ status: 204 });
    await kill();
    hub.isAway = false;
    expect(told()).toEqual([]);

    const { service: next } = await startInventory();
    await untilTold(['K-1']);
    expect(hub.events[0]).toMatchObject({
      type: 'stock.reserved',
      source: '/shop/inventory',
      causationid: 'K-1',
    });
    expect(await place(next, 'K-1')).toMatchObject({ status: 204 });
    expect(await next.counts('K-1')).toEqual({ reserved: 1 });
  });

  test('is told by another instance, once the one that tells is killed', async () => {
    const { service: first, kill } = await startInventory();
    await place(first, 'K-1');
    await untilTold(['K-1']);
    const { service: second } = await startInventory();
    await place(second, 'K-2');
    await untilTold(['K-1', 'K-2']);
    await kill();
    await place(second, 'K-3');
    await untilTold(['K-1', 'K-2', 'K-3']);
  });

  test('is told in the order of the commits, whatever was told before', async () => {
    hub.isAway = true;
    const { service } = await startInventory();
    const orders = Array.from({ length: 150 }, (_, index) => `K-${index}`);
    for (const order of orders) await place(service, order);
    hub.isAway = false;
    await untilTold(orders);
  });
});
