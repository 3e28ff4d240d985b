import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type ChoreographyLab, openChoreographyLab } from './choreography-lab.ts';
import { until } from './until.ts';

let lab: ChoreographyLab;
let number = 0;
let orderId: string;

beforeAll(async () => {
  lab = await openChoreographyLab();
});
afterAll(() => lab.close());
beforeEach(() => {
  number += 1;
  orderId = `C-${number}`;
});
afterEach(async () => {
  lab.hub.repeats = 1;
  lab.hub.isAway = false;
  lab.hub.refused.clear();
  await Promise.all(Object.values(lab.services).map((service) => service.ask('DELETE /faults')));
});

const shipped = {
  inventory: { reserved: 2 },
  payment: { authorised: 1, captured: 1 },
  shipping: { created: 1 },
  notification: { sent: 1 },
};
const paidOnly = { ...shipped, payment: { authorised: 1 }, shipping: {}, notification: {} };
const undone = {
  inventory: { reserved: 2, released: 2 },
  payment: { authorised: 1, voided: 1 },
  shipping: {},
  notification: {},
};
const nothing = { inventory: {}, payment: {}, shipping: {}, notification: {} };
const large = { approvalLimit: 1_000 };

/** Which event led to which, as far as they tell. */
const causes = (): readonly string[] => {
  const typeOf = new Map<unknown, string>(lab.hub.events.map(({ id, type }) => [id, type]));
  return lab.hub.events
    .filter(({ subject }) => subject === orderId)
    .map(({ causationid, type }) => `${typeOf.get(causationid) ?? 'nothing'} → ${type}`)
    .sort();
};

describe('services that have only events between them', () => {
  test('take an order to the customer, and every event says which one led to it', async () => {
    lab.place(orderId);
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(shipped);
    expect(causes()).toEqual([
      'nothing → order.placed',
      'order.placed → stock.reserved',
      'payment.authorised → shipment.created',
      'shipment.created → notice.sent',
      'shipment.created → payment.captured',
      'stock.reserved → payment.authorised',
    ]);
    const [, ...facts] = lab.hub.events.filter(({ subject }) => subject === orderId);
    expect(facts.map(({ style, correlationid }) => [style, correlationid])).toEqual(
      facts.map(() => ['choreography', orderId]),
    );
  });

  test.each([
    [
      'out of stock: all of it or nothing',
      {
        lines: [
          { sku: 'tea-sencha', quantity: 1, unitPrice: 100 },
          { sku: 'tea-rare', quantity: 9, unitPrice: 100 },
        ],
      },
      { told: ['order.placed', 'stock.refused'], effects: nothing },
    ],
    [
      'of an article that there is not',
      { lines: [{ sku: 'coffee', quantity: 1, unitPrice: 100 }] },
      { told: ['order.placed', 'stock.refused'], effects: nothing },
    ],
    [
      'on a declined card: the stock goes back',
      { card: 'card-declined' },
      {
        told: ['order.placed', 'stock.reserved', 'payment.refused', 'stock.released'],
        effects: { ...nothing, inventory: { reserved: 2, released: 2 } },
      },
    ],
  ])('end an order %s', async (_title, change, { told, effects }) => {
    lab.place(orderId, change);
    await lab.settle();
    expect(lab.told(orderId)).toEqual(told);
    expect(await lab.effects(orderId)).toEqual(effects);
  });

  test('take back an order that no carrier takes', async () => {
    const shipTo = { name: 'Ada', street: '1 Ice', city: 'Pole', postcode: '0', country: 'AQ' };
    lab.place(orderId, { shipTo });
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(undone);
    expect(lab.told(orderId)).toContain('shipment.refused');
  });

  test('take an order once that is placed again, under another event', async () => {
    lab.place(orderId);
    const [placed] = lab.hub.events.filter(({ subject }) => subject === orderId);
    if (placed !== undefined) lab.hub.append({ ...placed, id: `${orderId}-placed-again` });
    await lab.settle();
    expect(lab.told(orderId).filter((type) => type === 'order.placed')).toHaveLength(2);
    expect(await lab.effects(orderId)).toEqual(shipped);
  });

  test('handle each event once that comes twice', async () => {
    lab.hub.repeats = 2;
    lab.place(orderId);
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(shipped);
    expect(new Set(lab.told(orderId)).size).toBe(lab.told(orderId).length);
  });

  test('handle many orders at once, each in its order', async () => {
    const orders = Array.from({ length: 20 }, (_, index) => `${orderId}-${index}`);
    for (const order of orders) lab.place(order);
    await lab.settle();
    for (const order of orders) expect(await lab.effects(order)).toEqual(shipped);
  });
});

describe('an order over the limit', () => {
  test('waits for a person, and is shipped when it is approved', async () => {
    lab.place(orderId, large);
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(paidOnly);
    lab.decide(orderId, 'approved');
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(shipped);
  });

  test('is taken back when it is rejected', async () => {
    lab.place(orderId, large);
    await lab.settle();
    lab.decide(orderId, 'rejected');
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(undone);
  });

  test.each(['approved', 'rejected'] as const)('may be %s before it is asked for', async (decision) => {
    lab.place(orderId, large);
    lab.decide(orderId, decision);
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(decision === 'approved' ? shipped : undone);
  });

  test.each([
    ['approved', 'rejected', shipped],
    ['rejected', 'approved', undone],
  ] as const)('that is %s stays so when another person has it %s', async (first, second, effects) => {
    lab.place(orderId, large);
    await lab.settle();
    lab.decide(orderId, first, 'ann');
    lab.decide(orderId, second, 'bob');
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(effects);
  });

  test('is not the only one that people decide about: others go their way', async () => {
    lab.place(orderId);
    lab.decide(orderId, 'rejected');
    await lab.settle();
    lab.decide(orderId, 'approved');
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(shipped);
  });
});

describe('a fault on demand', () => {
  test('strikes the delivery of an event, which comes again', async () => {
    const fault = { operation: 'create', status: 503, times: 2, orderId };
    await lab.services.shipping.addFault(fault);
    lab.place(orderId);
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(shipped);
    expect((await lab.services.shipping.ask('GET /faults')).body).toEqual({ faults: [] });
  });

  test('loses an answer: the event comes again and changes nothing', async () => {
    await lab.services.payment.addFault({ operation: 'authorise', drop: true, at: 'after', orderId });
    lab.place(orderId);
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(shipped);
    expect(lab.told(orderId).filter((type) => type === 'payment.authorised')).toHaveLength(1);
  });

  test('that is final parks the event for a person, and other orders go on', async () => {
    await lab.services.shipping.addFault({ operation: 'create', status: 422, orderId });
    lab.place(orderId);
    lab.place(`${orderId}-other`);
    await lab.settle();
    expect(lab.hub.parked).toEqual([{ subscription: 'shipping', type: 'payment.authorised', status: 422 }]);
    expect(await lab.effects(orderId)).toEqual(paidOnly);
    expect(await lab.effects(`${orderId}-other`)).toEqual(shipped);
  });
});

describe('the outbox', () => {
  test('keeps what happened while the log is away', async () => {
    lab.hub.isAway = true;
    lab.place(orderId);
    await until(async () => {
      expect(await lab.services.inventory.counts(orderId)).toEqual({ reserved: 2 });
    });
    expect(lab.told(orderId)).toEqual(['order.placed']);
    lab.hub.isAway = false;
    await lab.settle();
    expect(await lab.effects(orderId)).toEqual(shipped);
  });

  test('sets an event aside that the log refuses, and lets the others pass', async () => {
    lab.hub.refused.add('stock.refused');
    lab.hub.isAway = true;
    const other = `${orderId}-other`;
    lab.place(orderId, { lines: [{ sku: 'tea-rare', quantity: 9, unitPrice: 100 }] });
    lab.place(other);
    await until(async () => {
      expect(await lab.waiting()).toBe(2);
    });
    lab.hub.isAway = false;
    await lab.settle();
    expect(lab.told(orderId)).toEqual(['order.placed']);
    expect(await lab.effects(other)).toEqual(shipped);
  });
});

describe('what a service is not told by the log', () => {
  const headers = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/x', 'ce-type': 'order.rejected' };

  test('it does not believe', async () => {
    const { status, body } = await lab.services.payment.ask('POST /events', { body: { orderId }, headers });
    expect([status, body['code']]).toEqual([401, 'invalid-signature']);
  });
});
