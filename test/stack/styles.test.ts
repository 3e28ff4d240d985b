import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OrderFulfilmentInput } from '../../examples/shop/generated/baton.ts';
import { persist } from '../support/persist.ts';
import { createOrder } from '../support/shop.ts';
import { openStack, type Stack } from '../support/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await openStack();
  await Promise.all([stack.startApi(), stack.startWorker(), stack.startDeliverer()]);
});
afterAll(() => stack.close());

const styles = ['orchestration', 'choreography', 'hybrid'] as const;

type Style = (typeof styles)[number];

interface Told {
  readonly type: string;
  readonly style: string;
}

/** The events of an order, as the log has them. */
async function eventsOf(orderId: string): Promise<readonly Told[]> {
  const { body } = await stack.send('GET', `/v1/events?subject=${orderId}&limit=100`);
  return (body as { events: readonly { event: Told }[] }).events.map(({ event }) => event);
}

async function lastEvent(): Promise<{ readonly position: number }> {
  const { body } = await stack.send('GET', '/v1/events?limit=1');
  return { position: (body as { head: number }).head };
}

async function tell(type: string, data: { readonly orderId: string }, style: Style): Promise<void> {
  const { orderId } = data;
  const { status, body } = await stack.send('POST', '/v1/events', {
    headers: { 'content-type': 'application/cloudevents+json' },
    body: {
      ...{ specversion: '1.0', source: '/shop/till', id: `${orderId}-${type}`, type, subject: orderId },
      ...{ correlationid: orderId, style, data },
    },
  });
  expect([200, 201], JSON.stringify(body)).toContain(status);
}

async function place(style: Style, order: OrderFulfilmentInput): Promise<void> {
  if (style !== 'orchestration') return tell('order.placed', order, style);
  const { status, body } = await stack.send('POST', '/v1/processes/order-fulfilment/runs', {
    body: { id: order.orderId, businessKey: order.orderId, input: order },
  });
  expect(status, JSON.stringify(body)).toBe(201);
}

/** The run that asks a person. */
async function askingRun(style: Style, orderId: string): Promise<string> {
  if (style === 'orchestration') return orderId;
  const { body } = await stack.send('GET', `/v1/runs?process=take-payment&businessKey=${orderId}`);
  const [run] = (body as { runs: readonly { id: string }[] }).runs;
  if (run === undefined) throw new Error('no one is asked yet');
  return run.id;
}

/** What a person does about an order over the limit, once the person is asked. */
async function decide(style: Style, orderId: string, approved: boolean): Promise<void> {
  if (style === 'choreography') {
    await persist(async () => {
      const types = (await eventsOf(orderId)).map(({ type }) => type);
      if (!types.includes('payment.authorised')) throw new Error('no one is asked yet');
    });
    await tell(
      approved ? 'order.approved' : 'order.rejected',
      { orderId, by: 'ann' } as { orderId: string },
      style,
    );
    return;
  }
  await persist(async () => {
    const id = await askingRun(style, orderId);
    const { status } = await stack.send('POST', `/v1/runs/${id}/signals/approval`, {
      body: { approved, by: 'ann' },
    });
    if (status !== 200) throw new Error(`the decision is answered with ${status}`);
  });
}

const nothing = { inventory: {}, payment: {}, shipping: {}, notification: {} };
const backAgain = { ...nothing, inventory: { reserved: 1, released: 1 } };
const shipped = {
  effects: {
    inventory: { reserved: 1 },
    payment: { authorised: 1, captured: 1 },
    shipping: { created: 1 },
    notification: { sent: 1 },
  },
  facts: ['notice.sent', 'payment.authorised', 'payment.captured', 'shipment.created', 'stock.reserved'],
  status: 'shipped',
};
const undone = {
  effects: { ...backAgain, payment: { authorised: 1, voided: 1 } },
  facts: ['payment.authorised', 'payment.voided', 'stock.released', 'stock.reserved'],
};
const pole = { name: 'Ada', street: '1 Ice', city: 'Pole', postcode: '0', country: 'AQ' };

/** Orders of one line each, with what becomes of them whatever the style. */
const orders: readonly {
  readonly title: string;
  readonly change: Partial<OrderFulfilmentInput>;
  readonly decision?: boolean;
  readonly effects: object;
  readonly facts: readonly string[];
  /** In the read model. */
  readonly status: string;
}[] = [
  { title: 'an ordinary order', change: {}, ...shipped },
  {
    title: 'an order of more than there is',
    change: { lines: [{ sku: 'tea-rare', quantity: 9, unitPrice: 100 }] },
    effects: nothing,
    facts: ['stock.refused'],
    status: 'out-of-stock',
  },
  {
    title: 'an order on a declined card',
    change: { card: 'card-declined' },
    effects: backAgain,
    facts: ['payment.refused', 'stock.released', 'stock.reserved'],
    status: 'payment-refused',
  },
  {
    title: 'an order to where no carrier goes',
    change: { shipTo: pole },
    ...undone,
    facts: ['payment.authorised', 'payment.voided', 'shipment.refused', 'stock.released', 'stock.reserved'],
    status: 'failed',
  },
  { title: 'a large order that is approved', change: { approvalLimit: 100 }, decision: true, ...shipped },
  {
    title: 'a large order that is rejected',
    change: { approvalLimit: 100 },
    decision: false,
    ...undone,
    status: 'rejected',
  },
];

describe.each(orders.map((order, number) => ({ ...order, number })))(
  '$title',
  ({ number, change, decision, effects, facts, status }) => {
    it.each(styles)('has the same effects and leaves the same facts: %s', async (style) => {
      const orderId = `${style}-${number}`;
      const order = createOrder(stack.project, orderId);
      await place(style, { ...order, lines: order.lines.slice(0, 1), ...change });
      if (decision !== undefined) await decide(style, orderId, decision);
      const told = await persist(async () => {
        const events = await eventsOf(orderId);
        const own = events.map(({ type }) => type).filter((type) => !type.startsWith('order.'));
        expect(own.sort()).toEqual(facts);
        return events;
      }, 60_000);
      expect(await stack.effects(orderId)).toEqual(effects);
      expect(new Set(told.map((event) => event.style))).toEqual(new Set([style]));
      const { position } = await lastEvent();
      const { body } = await stack.send('GET', `/v1/read-models/orders/rows/${orderId}?atLeast=${position}`);
      expect(body).toMatchObject({ row: { orderId, style, status } });
    });
  },
);
