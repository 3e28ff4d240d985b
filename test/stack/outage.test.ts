import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Part } from '../support/part.ts';
import { createOrder } from '../support/shop.ts';
import { isClosed, openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let worker: Part;

beforeAll(async () => {
  stack = await openStack({ absent: 'shipping' });
  [worker] = await Promise.all([stack.startWorker(), stack.startApi()]);
});
afterAll(() => stack.close());

const place = async (id: string): Promise<void> => {
  const input = createOrder(stack.project, id);
  const { status } = await stack.send('POST', '/v1/processes/order-fulfilment/runs', { body: { id, input } });
  expect(status).toBe(201);
};

describe('a service that is down', () => {
  it('delays its orders, shows what they wait for, and fails none', async () => {
    const orders = ['down-1', 'down-2', 'down-3'];
    await Promise.all(orders.map(place));
    for (const id of orders) {
      const { status, steps } = await stack.untilRun(id, (run) =>
        run.steps.some(({ name, attempt }) => name === 'create shipment' && attempt >= 3),
      );
      const waiting = steps.find(({ name }) => name === 'create shipment');
      expect(status).toBe('running');
      expect(waiting?.error).toMatchObject({ code: 'call-failed', message: /ECONNREFUSED/ });
    }
    const [first] = await Promise.all(
      orders.map((id) =>
        stack.untilRun(id, ({ steps }) =>
          steps.some(({ status, nextAttemptAt }) => status === 'waiting' && nextAttemptAt !== null),
        ),
      ),
    );
    expect(first?.steps.at(-1)).toMatchObject({ name: 'create shipment', status: 'waiting' });

    await stack.startService('shipping');
    for (const id of orders) {
      const run = await stack.untilRun(id, isClosed);
      expect(run.output).toMatchObject({ outcome: 'shipped' });
    }
    expect((await stack.effects()).shipping).toEqual({ created: 3 });
  });
});

describe('a run that is cancelled while a service fails', () => {
  it('is cancelled, also when the failure comes before the cancellation has reached the call', async () => {
    await stack.addFault('payment', {
      operation: 'authorise',
      delayMs: 1_500,
      status: 503,
      orderId: 'cancelled',
    });
    await place('cancelled');
    await stack.untilRun('cancelled', ({ steps }) =>
      steps.some(({ name, status }) => name === 'authorise payment' && status === 'running'),
    );
    expect((await stack.send('POST', '/v1/runs/cancelled/cancel')).status).toBe(202);
    expect((await stack.untilRun('cancelled', isClosed)).status).toBe('cancelled');
    expect((await stack.effects('cancelled')).inventory).toEqual({ reserved: 2, released: 2 });
  });
});

describe('a run while no worker is up', () => {
  it('is still shown with its steps, and says why it does not move', async () => {
    await stack.addFault('payment', { operation: 'authorise', status: 503, times: null, orderId: 'alone' });
    await place('alone');
    await stack.untilRun('alone', ({ steps }) =>
      steps.some(({ attempt, error }) => attempt >= 2 && error !== null),
    );
    expect(await worker.stop()).toBe(0);

    const { status, steps, stall } = await stack.untilRun('alone', (run) => run.stall !== null);
    expect(status).toBe('running');
    expect(stall).toMatchObject({ reason: 'no-worker', message: /baton worker/ });
    expect(steps.map(({ name }) => name)).toEqual([
      'order.placed',
      'reserve tea-earl-grey',
      'reserve cup-blue',
      'authorise payment',
    ]);
    expect(steps[3]).toMatchObject({ attempt: expect.any(Number) as number, error: { status: 503 } });
  });
});
