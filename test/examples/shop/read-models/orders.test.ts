import { describe, expect, test } from 'vitest';

import { type Order, orders } from '../../../../examples/shop/read-models/orders.ts';

const order = {
  orderId: 'R-1',
  customer: { name: 'Ada', email: 'ada@example.com' },
  lines: [
    { sku: 'tea-sencha', quantity: 2, unitPrice: 1_250 },
    { sku: 'cup-blue', quantity: 1, unitPrice: 1_800 },
  ],
  currency: 'EUR',
  card: 'tok_visa',
  shipTo: { name: 'Ada', street: '1 High Street', city: 'Leeds', postcode: 'L1', country: 'GB' },
};

/** An event as a case says it: its type, and its data where that matters. */
type Said = string | readonly [type: string, data: object];

const large: Said = ['order.placed', { ...order, approvalLimit: 1_000 }];
const small: Said = ['order.placed', order];
const outOfStock: Said = ['stock.refused', { orderId: 'R-1', reason: 'Only 3', code: 'out-of-stock' }];
const unknownSku: Said = ['stock.refused', { orderId: 'R-1', reason: 'No coffee', code: 'unknown-sku' }];
const declined: Said = ['payment.refused', { orderId: 'R-1', reason: 'Declined', code: 'card-declined' }];
const unserved: Said = ['shipment.refused', { orderId: 'R-1', reason: 'No one', code: 'unserved-country' }];
const shipped: Said = ['shipment.created', { orderId: 'R-1', trackingNumber: 'T-1' }];
const approved: Said = ['order.approved', { orderId: 'R-1', by: 'ann' }];
const rejected: Said = ['order.rejected', { orderId: 'R-1', by: 'ann' }];
const rejectedWhy: Said = ['order.rejected', { orderId: 'R-1', by: 'ann', reason: 'Too much' }];

function fold(said: readonly Said[]): Order | null {
  const reducers = orders.on as Readonly<Record<string, (typeof orders.on)['stock.reserved']>>;
  return said.reduce<Order | null>((row, one, index) => {
    const [type, data] = typeof one === 'string' ? [one, { orderId: 'R-1' }] : one;
    const event = {
      specversion: '1.0',
      id: String(index),
      source: '/x',
      type,
      data,
      style: 'hybrid',
    } as const;
    const place = { position: index + 1, recordedAt: `2025-01-01T00:00:0${index}.000Z` };
    return reducers[type]?.(row, event, place) ?? null;
  }, null);
}

describe('a row of orders', () => {
  test('has the yes of a person whom a run asked, once the order is shipped', () => {
    expect(fold([large, 'stock.reserved', 'payment.authorised'])).toMatchObject({ decision: null });
    expect(fold([large, 'stock.reserved', 'payment.authorised', shipped])).toMatchObject({
      ...{ status: 'shipped', decision: 'approved' },
    });
    expect(fold([small, 'stock.reserved', 'payment.authorised', shipped])).toMatchObject({ decision: null });
  });

  test('begins with what was ordered, by whom, for how much', () => {
    expect(fold([small])).toEqual({
      orderId: 'R-1',
      style: 'hybrid',
      status: 'placed',
      customer: 'ada@example.com',
      total: 4_300,
      currency: 'EUR',
      needsApproval: false,
      decision: null,
      trackingNumber: null,
      reason: null,
      updatedAt: '2025-01-01T00:00:00.000Z',
    });
  });

  const cases: [string, readonly Said[], Partial<Order>][] = [
    ['that has its stock', [small, 'stock.reserved'], { status: 'stock-reserved' }],
    [
      'that is paid for',
      [small, 'stock.reserved', 'payment.authorised'],
      { status: 'payment-authorised', updatedAt: '2025-01-01T00:00:02.000Z' },
    ],
    [
      'that is paid for, and is large',
      [large, 'stock.reserved', 'payment.authorised'],
      { status: 'awaiting-approval' },
    ],
    [
      'that is approved',
      [large, 'stock.reserved', 'payment.authorised', approved],
      { status: 'payment-authorised', decision: 'approved' },
    ],
    [
      'that is rejected, and then taken back',
      [large, 'stock.reserved', 'payment.authorised', rejected, 'payment.voided', 'stock.released'],
      { status: 'rejected', decision: 'rejected', reason: 'Rejected by ann' },
    ],
    [
      'that is rejected for a reason',
      [large, 'stock.reserved', 'payment.authorised', rejectedWhy],
      { status: 'rejected', reason: 'Too much' },
    ],
    [
      'that is rejected before it is paid for',
      [large, rejected, 'stock.reserved', 'payment.authorised'],
      { status: 'rejected', reason: 'Rejected by ann' },
    ],
    [
      'that is approved first and rejected then',
      [large, 'payment.authorised', approved, rejected],
      { status: 'payment-authorised', decision: 'approved', reason: null },
    ],
    [
      'that is rejected, and is small',
      [small, 'payment.authorised', rejected],
      { status: 'payment-authorised', decision: null },
    ],
    [
      'that is shipped',
      [small, 'stock.reserved', 'payment.authorised', shipped],
      { status: 'shipped', trackingNumber: 'T-1' },
    ],
    [
      'that is shipped by a process, which no one told of the approval',
      [large, 'payment.authorised', shipped],
      { status: 'shipped' },
    ],
    ['that is out of stock', [small, outOfStock], { status: 'out-of-stock', reason: 'Only 3' }],
    ['of something that there is not', [small, unknownSku], { status: 'failed', reason: 'No coffee' }],
    [
      'of which one line is out of stock',
      [small, 'stock.reserved', outOfStock, 'stock.reserved', 'stock.released'],
      { status: 'out-of-stock' },
    ],
    [
      'on a declined card',
      [small, 'stock.reserved', declined, 'stock.released'],
      { status: 'payment-refused', reason: 'Declined' },
    ],
    [
      'on a declined card, which is heard of late',
      [small, 'stock.reserved', 'stock.released', declined],
      { status: 'payment-refused', reason: 'Declined' },
    ],
    [
      'to where no carrier goes',
      [small, 'stock.reserved', 'payment.authorised', unserved, 'payment.voided', 'stock.released'],
      { status: 'failed', reason: 'No one' },
    ],
    ['that was taken back', [small, 'stock.reserved', 'stock.released'], { status: 'failed', reason: null }],
    [
      'whose parcel was called back',
      [small, 'payment.authorised', shipped, 'shipment.cancelled'],
      { status: 'failed', trackingNumber: null },
    ],
    [
      'whose stock is heard of late',
      [small, 'payment.authorised', 'stock.reserved'],
      { status: 'payment-authorised' },
    ],
    [
      'whose payment is heard of late',
      [small, shipped, 'payment.authorised', 'stock.reserved'],
      { status: 'shipped' },
    ],
    [
      'that is placed twice',
      [small, 'stock.reserved', large],
      { status: 'stock-reserved', needsApproval: false },
    ],
  ];
  test.each(cases)('%s', (_title, said, row) => {
    expect(fold(said)).toMatchObject(row);
  });

  test.each(['stock.reserved', 'stock.released', 'payment.authorised', outOfStock, shipped, approved])(
    'is not begun by %j',
    (said) => {
      expect(fold([said])).toBeNull();
    },
  );
});
