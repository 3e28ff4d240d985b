import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Part } from '../support/part.ts';
import { persist } from '../support/persist.ts';
import { createOrder } from '../support/shop.ts';
import { isClosed, openStack, type Stack } from '../support/stack.ts';

const orders = Array.from({ length: 50 }, (_, index) => `survivor-${index + 1}`);

let stack: Stack;
let worker: Part;
let api: Part;

beforeAll(async () => {
  stack = await openStack();
  [worker, api] = await Promise.all([stack.startWorker(), stack.startApi()]);
});
afterAll(() => stack.close());

/** Places an order as a client does that knows of retries: the same key, until there is an answer. */
async function place(orderId: string): Promise<string> {
  return persist(async () => {
    const { status, body } = await stack.send('POST', '/v1/processes/order-fulfilment/runs', {
      body: { input: createOrder(stack.project, orderId), businessKey: orderId },
      headers: { 'idempotency-key': orderId },
    });
    if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    return (body as { id: string }).id;
  }, 60_000);
}

/** How many orders the payment service has authorised so far: how far the whole has come, told by no part of Baton. */
async function authorised(): Promise<number> {
  return (await stack.effects()).payment['authorised'] ?? 0;
}

async function untilAuthorised(count: number): Promise<void> {
  await persist(async () => {
    const now = await authorised();
    if (now < count) throw new Error(`${now} of ${count} orders`);
  }, 90_000);
}

describe('50 orders, with every part of Baton killed in their middle', () => {
  it('all end right, and each effect happened once', async () => {
    // Slow enough that each kill meets orders at every step.
    await stack.addFault('payment', { operation: 'authorise', delayMs: 400, times: null });
    await stack.addFault('shipping', { operation: 'create', delayMs: 400, times: null });
    const placed: Promise<string>[] = [];
    const placeUpTo = (count: number): void => {
      for (const orderId of orders.slice(placed.length, count)) placed.push(place(orderId));
    };

    placeUpTo(20);
    await untilAuthorised(3);
    await worker.kill();
    expect(await authorised()).toBeLessThan(50);
    worker = await stack.startWorker();

    placeUpTo(35);
    await api.kill();
    api = await stack.startApi();
    await untilAuthorised(22);

    placeUpTo(50);
    const temporal = stack.embedded.pids()['Temporal'];
    process.kill(temporal ?? 0, 'SIGKILL');
    await persist(() => {
      const now = stack.embedded.pids()['Temporal'];
      if (now === temporal) throw new Error('Temporal is not back');
      return Promise.resolve();
    });

    const ids = await Promise.all(placed);
    expect(new Set(ids).size).toBe(50);
    const runs = await Promise.all(ids.map((id) => stack.untilRun(id, isClosed)));
    expect(runs.map(({ output }) => (output as { outcome?: string } | null)?.outcome)).toEqual(
      orders.map(() => 'shipped'),
    );
    expect(await stack.effects()).toEqual({
      inventory: { reserved: 100 },
      payment: { authorised: 50, captured: 50 },
      shipping: { created: 50 },
      notification: { sent: 50 },
    });
    for (const orderId of orders) {
      expect(await stack.effects(orderId)).toEqual({
        inventory: { reserved: 2 },
        payment: { authorised: 1, captured: 1 },
        shipping: { created: 1 },
        notification: { sent: 1 },
      });
    }
  }, 240_000);
});
