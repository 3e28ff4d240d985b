import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { inventory } from '../../../../examples/shop/services/inventory/inventory.ts';
import { notification } from '../../../../examples/shop/services/notification/notification.ts';
import { payment } from '../../../../examples/shop/services/payment/payment.ts';
import { shipping } from '../../../../examples/shop/services/shipping/shipping.ts';
import { validateAgainst } from '../../../../src/project/json-schema.ts';
import type { Project } from '../../../../src/project/project.ts';
import { loadShop } from '../../../support/shop.ts';
import { type EventHub, openEventHub } from './event-hub.ts';
import { openShopLab, type ShopLab, type TestedService } from './shop-lab.ts';
import { until } from './until.ts';

let shop: Project;
let hub: EventHub;
let lab: ShopLab;
let services: Record<string, TestedService>;
let number = 0;
let orderId: string;

beforeAll(async () => {
  [shop, hub, lab] = await Promise.all([loadShop(), openEventHub(), openShopLab()]);
  const entries = [inventory, payment, shipping, notification].map(async (definition) => {
    const service = await lab.start(definition, { batonApi: hub.url });
    return [definition.name, service] as const;
  });
  services = Object.fromEntries(await Promise.all(entries));
});
afterAll(async () => {
  await hub.close();
  await lab.close();
});
beforeEach(() => {
  number += 1;
  orderId = `F-${number}`;
});

const facts = (): readonly string[] =>
  hub.events.filter(({ subject }) => subject === orderId).map(({ type }) => type);

const untilTold = (types: readonly string[]): Promise<void> =>
  until(() => {
    expect(facts()).toEqual(types);
  });

const address = { name: 'Ada', street: '1 High Street', city: 'Leeds', postcode: 'L1', country: 'GB' };
const charge = { amount: 500, currency: 'EUR', card: 'tok_visa' };

/** Each call, as a process makes it, and what is told of it. Paths are of the order; bodies get its number. */
const calls: readonly {
  readonly title: string;
  readonly service: string;
  readonly lines: readonly (readonly [line: string, body?: object])[];
  readonly told: readonly string[];
}[] = [
  {
    title: 'a reservation and its release',
    service: 'inventory',
    lines: [['PUT /reservations/:1', { sku: 'tea-sencha', quantity: 2 }], ['DELETE /reservations/:1']],
    told: ['stock.reserved', 'stock.released'],
  },
  {
    title: 'a reservation of more than there is',
    service: 'inventory',
    lines: [['PUT /reservations/:1', { sku: 'tea-rare', quantity: 9 }]],
    told: ['stock.refused'],
  },
  {
    title: 'a reservation, and not of the release of nothing before it',
    service: 'inventory',
    lines: [['DELETE /reservations/:1'], ['PUT /reservations/:2', { sku: 'tea-sencha', quantity: 1 }]],
    told: ['stock.reserved'],
  },
  {
    title: 'a payment that is taken and given back',
    service: 'payment',
    lines: [
      ['PUT /authorisations/:1', charge],
      ['POST /authorisations/:1/capture', {}],
      ['POST /authorisations/:1/refund', {}],
    ],
    told: ['payment.authorised', 'payment.captured', 'payment.refunded'],
  },
  {
    title: 'a payment that is let go, twice',
    service: 'payment',
    lines: [['PUT /authorisations/:1', charge], ['DELETE /authorisations/:1'], ['DELETE /authorisations/:1']],
    told: ['payment.authorised', 'payment.voided'],
  },
  {
    title: 'a declined card',
    service: 'payment',
    lines: [['PUT /authorisations/:1', { ...charge, card: 'card-declined' }]],
    told: ['payment.refused'],
  },
  {
    title: 'a parcel that is called back',
    service: 'shipping',
    lines: [
      ['PUT /shipments/:1', { address, lines: [{ sku: 'tea', quantity: 1 }] }],
      ['DELETE /shipments/:1'],
    ],
    told: ['shipment.created', 'shipment.cancelled'],
  },
  {
    title: 'a country without a carrier',
    service: 'shipping',
    lines: [
      ['PUT /shipments/:1', { address: { ...address, country: 'AQ' }, lines: [{ sku: 'tea', quantity: 1 }] }],
    ],
    told: ['shipment.refused'],
  },
  {
    title: 'a notice',
    service: 'notification',
    lines: [
      [
        'POST /notifications',
        { channel: 'email', to: 'ada@example.com', template: 'order-shipped', data: { trackingNumber: 'T' } },
      ],
    ],
    told: ['notice.sent'],
  },
];

/** Only what makes something takes the order's number. */
const bodyOf = (body: object | undefined): object | undefined =>
  body === undefined || Object.keys(body).length === 0 ? body : { ...body, orderId };

describe('a service that is called', () => {
  test.each(calls)('tells of $title, as events.yaml has it', async ({ service, lines, told }) => {
    for (const [line, body] of lines) {
      await services[service]?.ask(line.replace(':', `${orderId}:`), { body: bodyOf(body) });
    }
    await untilTold(told);
    for (const { type, data } of hub.events.filter(({ subject }) => subject === orderId)) {
      expect(validateAgainst(shop.events.types[type]?.schema ?? { not: {} }, data ?? null)).toEqual([]);
    }
  });

  test('tells of one change once, however often it is asked for', async () => {
    const asked = { key: `${orderId}-reserve`, body: { orderId, sku: 'tea-sencha', quantity: 1 } };
    await services['inventory']?.ask(`PUT /reservations/${orderId}:1`, asked);
    await services['inventory']?.ask(`PUT /reservations/${orderId}:1`, asked);
    await services['inventory']?.ask(`DELETE /reservations/${orderId}:1`);
    await untilTold(['stock.reserved', 'stock.released']);
  });

  test('tells of one refusal once, however often it is asked for', async () => {
    const asked = { key: `${orderId}-reserve`, body: { orderId, sku: 'tea-rare', quantity: 9 } };
    await services['inventory']?.ask(`PUT /reservations/${orderId}:1`, asked);
    await services['inventory']?.ask(`PUT /reservations/${orderId}:1`, asked);
    await services['inventory']?.ask(`PUT /reservations/${orderId}:2`, {
      body: { orderId, sku: 'tea-sencha', quantity: 1 },
    });
    await untilTold(['stock.refused', 'stock.reserved']);
  });

  test('tells for which process it was, and after which event, where the caller says so', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const body = { orderId, sku: 'tea-sencha', quantity: 1 };
    const headers = { baggage: 'style=hybrid,causationid=run%2F1', traceparent };
    await services['inventory']?.ask(`PUT /reservations/${orderId}:1`, { body, headers });
    await untilTold(['stock.reserved']);
    expect(hub.events.find(({ subject }) => subject === orderId)).toMatchObject({
      style: 'hybrid',
      causationid: 'run/1',
      traceparent,
    });
  });
});
