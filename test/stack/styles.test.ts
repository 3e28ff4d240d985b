import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OrderFulfilmentInput } from '../../examples/shop/generated/baton.ts';
import { persist } from '../support/persist.ts';
import { openShopFloor, type ShopFloor, styles } from '../support/shop-styles.ts';
import { createOrder } from '../support/shop.ts';
import { openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let floor: ShopFloor;

beforeAll(async () => {
  stack = await openStack();
  floor = openShopFloor(stack);
  await Promise.all([stack.startApi(), stack.startWorker(), stack.startDeliverer()]);
});
afterAll(() => stack.close());

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
      await floor.place(style, { ...order, lines: order.lines.slice(0, 1), ...change });
      if (decision !== undefined) await floor.decide(style, orderId, decision);
      const told = await persist(async () => {
        const events = await floor.eventsOf(orderId);
        const own = events.map(({ type }) => type).filter((type) => !type.startsWith('order.'));
        expect(own.sort()).toEqual(facts);
        return events;
      }, 60_000);
      expect(await stack.effects(orderId)).toEqual(effects);
      expect(new Set(told.map((event) => event.style))).toEqual(new Set([style]));
      await floor.untilStatus(orderId, status);
    });
  },
);
