import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createOrder } from '../support/shop.ts';
import { isClosed, openStack, type Stack } from '../support/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await openStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
});
afterAll(() => stack.close());

async function place(id: string, more: object = {}): Promise<void> {
  const input = { ...createOrder(stack.project, id), ...more };
  const { status } = await stack.send('POST', '/v1/processes/order-fulfilment/runs', { body: { id, input } });
  expect(status).toBe(201);
}

const send = (id: string, action: string, key = randomUUID()): ReturnType<Stack['send']> =>
  stack.send('POST', `/v1/runs/${id}/${action}`, { headers: { 'idempotency-key': key } });

/** Lets the shipping of an order be refused until the fault is taken away; the run holds there. */
async function placeHeld(id: string): Promise<void> {
  await stack.addFault('shipping', { operation: 'create', status: 422, times: null, orderId: id });
  await place(id, { onShippingFailure: 'hold' });
  await stack.untilRun(id, ({ status }) => status === 'stuck');
}

const shippedOnce = {
  inventory: { reserved: 2 },
  payment: { authorised: 1, captured: 1 },
  shipping: { created: 1 },
  notification: { sent: 1 },
};

/** How often each operation was called, refused attempts and repeats included. */
async function calls(id: string): Promise<Record<string, number>> {
  const { body } = await stack.send('GET', `/v1/runs/${id}`);
  const { steps } = body as { steps: { name: string; attempt: number }[] };
  return Object.fromEntries(steps.map(({ name, attempt }) => [name, attempt]));
}

describe('a run that is stuck at a step', () => {
  it('goes on from it when the cause is mended, and calls nothing before it again', async () => {
    await placeHeld('stuck');
    await stack.removeFaults('shipping');
    expect(await send('stuck', 'retry')).toMatchObject({
      status: 200,
      body: { outcome: ['create shipment'] },
    });
    expect(await stack.untilRun('stuck', isClosed)).toMatchObject({ output: { outcome: 'shipped' } });
    expect(await stack.effects('stuck')).toMatchObject(shippedOnce);
    expect(await calls('stuck')).toMatchObject({ 'authorise payment': 1, 'create shipment': 2 });
  });
});

describe('a run that failed without an undo', () => {
  it('goes on from the step that failed, once for one key, and calls nothing before it again', async () => {
    await placeHeld('failed');
    const before = await stack.run('failed');
    expect(await send('failed', 'give-up')).toMatchObject({ status: 200 });
    const failed = await stack.untilRun('failed', isClosed);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'saga-given-up' } });
    await stack.removeFaults('shipping');

    const key = randomUUID();
    const answer = await send('failed', 'retry', key);
    expect(answer).toMatchObject({ status: 200, body: { outcome: ['create shipment'] } });
    expect((await send('failed', 'retry', key)).body).toEqual(answer.body);
    const resumed = await stack.untilRun('failed', isClosed);
    expect(resumed).toMatchObject({ status: 'completed', output: { outcome: 'shipped' }, error: null });
    expect((await send('failed', 'retry', key)).body).toEqual(answer.body);

    expect(await stack.effects('failed')).toMatchObject(shippedOnce);
    // What had succeeded is the same step as before, at the same time, and was called once.
    const done = before.steps.filter(({ status }) => status === 'completed');
    expect(done).toHaveLength(4);
    expect(resumed.steps.slice(0, done.length)).toEqual(done);
    expect(resumed.startedAt).toBe(failed.startedAt);
  });

  it('is not resumed when its steps were undone; the answer has what starts it anew', async () => {
    await stack.addFault('shipping', { operation: 'create', status: 422, times: null, orderId: 'undone' });
    await place('undone');
    const { input } = await stack.untilRun('undone', isClosed);
    const { status, body } = await send('undone', 'retry');
    expect({ status, body }).toMatchObject({ status: 409, body: { code: 'run-undone' } });
    const { startAnew } = body as { startAnew: { method: string; href: string; body: object } };
    await stack.removeFaults('shipping');
    expect(startAnew.body).toEqual({ input });
    const again = await stack.send(startAnew.method, startAnew.href, { body: startAnew.body });
    expect(again.status).toBe(201);
  });
});

describe('a call that waits for its next attempt', () => {
  it('is made at once when a person says so, and keeps the count of its attempts', async () => {
    const fault = { operation: 'create', status: 503, retryAfter: 120, times: 1, orderId: 'waiting' };
    await stack.addFault('shipping', fault);
    await place('waiting');
    await stack.untilRun('waiting', ({ steps }) =>
      steps.some(({ name, status }) => name === 'create shipment' && status === 'waiting'),
    );
    expect(await send('waiting', 'retry')).toMatchObject({
      status: 200,
      body: { outcome: ['create shipment'] },
    });
    const { steps, closedAt, startedAt } = await stack.untilRun('waiting', isClosed);
    expect(steps.find(({ name }) => name === 'create shipment')).toMatchObject({
      status: 'completed',
      attempt: 2,
    });
    expect(Date.parse(closedAt ?? '') - Date.parse(startedAt)).toBeLessThan(120_000);
    expect(await stack.effects('waiting')).toMatchObject(shippedOnce);
  });
});

describe('a run that can do nothing with a retry', () => {
  it('says why', async () => {
    await place('shipped');
    await stack.untilRun('shipped', isClosed);
    expect(await send('shipped', 'retry')).toMatchObject({ status: 409, body: { code: 'run-closed' } });
  });
});
