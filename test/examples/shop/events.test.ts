import { beforeAll, describe, expect, test } from 'vitest';

import { inventory } from '../../../examples/shop/services/inventory/inventory.ts';
import { notification } from '../../../examples/shop/services/notification/notification.ts';
import { payment } from '../../../examples/shop/services/payment/payment.ts';
import { shipping } from '../../../examples/shop/services/shipping/shipping.ts';
import { validateAgainst } from '../../../src/project/json-schema.ts';
import type { Project } from '../../../src/project/project.ts';
import { loadShop } from '../../support/shop.ts';

const services = [inventory, payment, shipping, notification];

let shop: Project;

beforeAll(async () => {
  shop = await loadShop();
});

describe('the events of the shop', () => {
  test.each(services)('reach $name, all that it has a reaction to', ({ name, reactions }) => {
    const declared = shop.events.subscriptions[name]?.subscription;
    expect(declared?.filter).toEqual({
      types: expect.toSatisfy((types: string[]) => new Set(types).size === types.length) as unknown,
      attributes: { style: 'choreography' },
    });
    expect([...(declared?.filter.types ?? [])].sort()).toEqual(Object.keys(reactions).sort());
  });

  test('are declared, all that a service tells of a refusal', () => {
    const told = services.flatMap(({ refusals }) => Object.values(refusals));
    expect(told.filter((type) => shop.events.types[type] === undefined)).toEqual([]);
  });

  test('are declared, all that anyone subscribes to', () => {
    const types = Object.values(shop.events.subscriptions).flatMap(
      ({ subscription }) => subscription.filter.types ?? [],
    );
    expect(types.filter((type) => shop.events.types[type] === undefined)).toEqual([]);
  });

  test('are declared, all that a process emits', () => {
    const emitted = Object.values(shop.processes).flatMap(({ graph }) =>
      graph.filter(({ kind }) => kind === 'emit').map(({ name }) => name),
    );
    expect(emitted.length).toBeGreaterThan(0);
    expect(emitted.filter((type) => shop.events.types[type] === undefined)).toEqual([]);
  });

  test('begin with an order as each of the processes takes it', () => {
    const { 'order-fulfilment': whole, 'reserve-stock': first } = shop.processes;
    const order = whole?.example ?? null;
    expect(shop.events.types['order.placed']?.schema).toEqual(whole?.inputSchema);
    expect(validateAgainst(first?.inputSchema ?? { not: {} }, order)).toEqual([]);
  });
});
