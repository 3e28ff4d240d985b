import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ensureDatabase } from '../../src/dev/database.ts';
import { freePort } from '../../src/dev/ports.ts';
import { type Part, startPart } from '../support/part.ts';
import { persist } from '../support/persist.ts';
import { openShopFloor, type ShopFloor, type Style, styles } from '../support/shop-styles.ts';
import { createOrder, shopDir } from '../support/shop.ts';
import { openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let floor: ShopFloor;
let loyalty: Part | undefined;

beforeAll(async () => {
  stack = await openStack();
  floor = openShopFloor(stack);
  await Promise.all([stack.startApi(), stack.startWorker(), stack.startDeliverer()]);
});
afterAll(async () => {
  await loyalty?.kill();
  await stack.close();
});

const host = '127.0.0.1';
/** Of each order: 15 euros. */
const pointsOfOrder = 15;

async function sell(style: Style, orderId: string): Promise<void> {
  await floor.place(style, createOrder(stack.project, orderId));
  await persist(async () => {
    const types = (await floor.eventsOf(orderId)).map(({ type }) => type);
    if (!types.includes('payment.captured')) throw new Error(`${orderId} is not paid for yet`);
  }, 60_000);
}

describe('a service that nobody knew of', () => {
  it('joins while the shop runs, hears of all that was before, in any style, and leaves again', async () => {
    for (const style of styles) await sell(style, `before-${style}`);

    const port = await freePort(host);
    loyalty = await startPart(['services/loyalty/main.ts'], {
      cwd: shopDir,
      env: {
        PORT: String(port),
        DATABASE_URL: await ensureDatabase(stack.embedded.databaseUrl, 'shop_loyalty'),
        LOYALTY_EVENTS_KEY: '',
      },
      ready: '"ready"',
    });
    const made = await stack.send('POST', '/v1/subscriptions', {
      body: {
        name: 'loyalty',
        filter: { types: ['order.placed', 'payment.captured', 'payment.refunded'] },
        target: { http: { url: `http://${host}:${port}/events` } },
        startAt: 'beginning',
      },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const points = async (): Promise<number> => {
      const response = await fetch(`http://${host}:${port}/points/ada@example.com`);
      return ((await response.json()) as { points: number }).points;
    };
    const untilPoints = (count: number): Promise<void> =>
      persist(async () => {
        expect(await points()).toBe(count);
      }, 60_000);
    await untilPoints(3 * pointsOfOrder);

    await sell('choreography', 'during');
    await untilPoints(4 * pointsOfOrder);

    expect((await stack.send('DELETE', '/v1/subscriptions/loyalty')).status).toBe(200);
    await sell('choreography', 'after');
    await floor.untilStatus('after', 'shipped');
    expect(await points()).toBe(4 * pointsOfOrder);
  });
});
