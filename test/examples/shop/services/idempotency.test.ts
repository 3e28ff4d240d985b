import { describe, expect, test } from 'vitest';

import { inventory } from '../../../../examples/shop/services/inventory/inventory.ts';
import { useShopService, type Reply } from './shop-lab.ts';

const service = useShopService(inventory);

const reserve = (orderId: string, key: string | null, more: object = {}): Promise<Reply> =>
  service.ask(`PUT /reservations/${orderId}`, {
    key,
    body: { orderId, sku: 'tea-sencha', quantity: 1, ...more },
  });

describe('a change under an idempotency key', () => {
  test('happens once when ten ask for it at once, and all ten are told of it', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => reserve('K-1', 'ten')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(replies.filter(({ headers }) => headers.get('Idempotency-Replayed') === 'true')).toHaveLength(9);
    expect(await service.counts('K-1')).toEqual({ reserved: 1 });
  });

  test('is answered the same when it is asked for again later', async () => {
    const first = await reserve('K-2', 'again');
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    await service.ask('DELETE /reservations/K-2');
    const second = await reserve('K-2', 'again');
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await service.counts('K-2')).toEqual({ reserved: 1, released: 1 });
  });

  test('is the same request in whatever order its members are written', async () => {
    const line = 'PUT /reservations/K-3';
    await service.ask(line, { key: 'order', body: '{"orderId":"K-3","sku":"cup-blue","quantity":1}' });
    const again = await service.ask(line, {
      key: 'order',
      body: '{"quantity":1,"sku":"cup-blue","orderId":"K-3"}',
    });
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  });

  test('is not remembered when it was refused: the same key may try again', async () => {
    await service.ask('PUT /reservations/K-4:all', {
      body: { orderId: 'K-4', sku: 'tea-rare', quantity: 3 },
    });
    const wanted = { sku: 'tea-rare', quantity: 2 };
    expect(await reserve('K-5', 'later', wanted)).toMatchObject({
      status: 409,
      body: { code: 'out-of-stock' },
    });
    await service.ask('DELETE /reservations/K-4:all');
    expect(await reserve('K-5', 'later', wanted)).toMatchObject({ status: 201 });
    expect(await service.counts('K-5')).toEqual({ reserved: 1 });
  });

  test.each([
    ['body', 'PUT /reservations/K-6', { orderId: 'K-6', sku: 'tea-sencha', quantity: 2 }],
    ['path', 'PUT /reservations/K-6:2', { orderId: 'K-6', sku: 'tea-sencha', quantity: 1 }],
    ['method', 'DELETE /reservations/K-6', undefined],
  ])('refuses its key for another %s', async (_what, line, body) => {
    await reserve('K-6', 'taken');
    expect(await service.ask(line, { key: 'taken', body })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
    expect(await service.counts('K-6')).toEqual({ reserved: 1 });
  });

  test('is refused without a key', async () => {
    const { status, body } = await reserve('K-7', null);
    expect([status, body['code']]).toEqual([400, 'invalid-request']);
    expect(body['errors']).toMatchObject([{ pointer: 'idempotency-key' }]);
    expect(await service.counts('K-7')).toEqual({});
  });
});
