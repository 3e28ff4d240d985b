import { describe, expect, test } from 'vitest';

import { loyalty } from '../../../../examples/shop/services/loyalty/loyalty.ts';
import { useShopService } from './shop-lab.ts';

const service = useShopService(loyalty);
let number = 0;

async function tell(type: string, data: object, id?: string): Promise<void> {
  number += 1;
  const headers = {
    'ce-specversion': '1.0',
    'ce-source': '/shop',
    'ce-id': id ?? String(number),
    'ce-type': type,
  };
  const { status, body } = await service.ask('POST /events', { headers, body: data });
  expect(status, JSON.stringify(body)).toBe(204);
}

const placed = (orderId: string, email: string): Promise<void> =>
  tell('order.placed', { orderId, customer: { name: 'Ada', email } });

const pointsOf = async (email: string): Promise<unknown> =>
  (await service.ask(`GET /points/${encodeURIComponent(email)}`)).body;

describe('loyalty', () => {
  test('gives a point for each whole unit of money, over all orders of a customer', async () => {
    await placed('L-1', 'ada@example.com');
    await placed('L-2', 'ada@example.com');
    await tell('payment.captured', { orderId: 'L-1', amount: 4_399, currency: 'EUR' });
    await tell('payment.captured', { orderId: 'L-2', amount: 250, currency: 'EUR' });
    expect(await pointsOf('ada@example.com')).toEqual({ customer: 'ada@example.com', points: 45 });
    expect(await service.counts('L-1')).toEqual({ earned: 1 });
  });

  test('gives none twice for a payment that is told twice', async () => {
    await placed('L-3', 'bob@example.com');
    const captured = { orderId: 'L-3', amount: 500, currency: 'EUR' };
    await tell('payment.captured', captured, 'twice');
    await tell('payment.captured', captured, 'twice');
    expect(await pointsOf('bob@example.com')).toMatchObject({ points: 5 });
  });

  test('takes back what a refund gives back', async () => {
    await placed('L-4', 'cy@example.com');
    await tell('payment.captured', { orderId: 'L-4', amount: 500, currency: 'EUR' });
    await tell('payment.refunded', { orderId: 'L-4', amount: 500, currency: 'EUR' });
    expect(await pointsOf('cy@example.com')).toMatchObject({ points: 0 });
  });

  test('knows nothing of customers of whom it never heard', async () => {
    expect(await pointsOf('eve@example.com')).toEqual({ customer: 'eve@example.com', points: 0 });
  });
});
