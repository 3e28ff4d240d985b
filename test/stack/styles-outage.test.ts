import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Part } from '../support/part.ts';
import { persist } from '../support/persist.ts';
import { openShopFloor, patience, type ShopFloor, type Style, styles } from '../support/shop-styles.ts';
import { createOrder } from '../support/shop.ts';
import { openStack, type Stack } from '../support/stack.ts';

// Longer than what is waited for in one of them.
vi.setConfig({ testTimeout: 2 * patience });

let stack: Stack;
let floor: ShopFloor;
let worker: Part;
let deliverer: Part;

beforeAll(async () => {
  stack = await openStack();
  floor = openShopFloor(stack);
  [worker, deliverer] = await Promise.all([stack.startWorker(), stack.startDeliverer(), stack.startApi()]);
});
afterAll(() => stack.close());

const place = (style: Style, orderId: string): Promise<void> =>
  floor.place(style, createOrder(stack.project, orderId));

/** How many events of a type an order has. */
const count = async (orderId: string, type: string): Promise<number> =>
  (await floor.eventsOf(orderId)).filter((event) => event.type === type).length;

async function untilToldOnce(orderId: string, type: string): Promise<void> {
  await persist(async () => {
    if ((await count(orderId, type)) !== 1) throw new Error(`${orderId} has no ${type}`);
  }, patience);
}

describe('a service that is down', () => {
  it('delays the orders of every style, and loses none', async () => {
    const fault = { operation: 'create', status: 503, times: null };
    await stack.addFault('shipping', fault);
    for (const style of styles) await place(style, `down-${style}`);
    for (const style of styles) await floor.untilStatus(`down-${style}`, 'payment-authorised');
    await stack.removeFaults('shipping');
    for (const style of styles) await floor.untilStatus(`down-${style}`, 'shipped');
  });
});

describe('orders while no worker is up', () => {
  it('go on by events alone; those of processes wait, and go on when one is up', async () => {
    await worker.kill();
    for (const style of styles) await place(style, `alone-${style}`);
    await floor.untilStatus('alone-choreography', 'shipped');
    expect(await count('alone-orchestration', 'order.placed')).toBe(0);
    expect(await count('alone-hybrid', 'stock.reserved')).toBe(0);
    worker = await stack.startWorker();
    for (const style of styles) await floor.untilStatus(`alone-${style}`, 'shipped');
  });
});

describe('orders while no deliverer is up', () => {
  it('go on in one process; those that need events wait, and go on when one is up', async () => {
    await deliverer.kill();
    for (const style of styles) await place(style, `undelivered-${style}`);
    await untilToldOnce('undelivered-orchestration', 'notice.sent');
    expect(await count('undelivered-choreography', 'stock.reserved')).toBe(0);
    expect(await count('undelivered-hybrid', 'stock.reserved')).toBe(0);
    deliverer = await stack.startDeliverer();
    for (const style of styles) await floor.untilStatus(`undelivered-${style}`, 'shipped');
  });
});

describe('PostgreSQL, killed in the middle of many orders', () => {
  it('delays them, and every effect happens once', async () => {
    const orders = styles.flatMap((style) =>
      Array.from({ length: 5 }, (_, index) => ({ style, orderId: `killed-${style}-${index}` })),
    );
    for (const { style, orderId } of orders) await place(style, orderId);
    const postgres = stack.embedded.pids()['PostgreSQL'];
    process.kill(postgres ?? 0, 'SIGKILL');
    for (const { orderId } of orders) await floor.untilStatus(orderId, 'shipped');
    for (const { orderId } of orders) {
      await untilToldOnce(orderId, 'payment.captured');
      await untilToldOnce(orderId, 'notice.sent');
      expect(await stack.effects(orderId)).toEqual({
        inventory: { reserved: 2 },
        payment: { authorised: 1, captured: 1 },
        shipping: { created: 1 },
        notification: { sent: 1 },
      });
    }
  });
});
