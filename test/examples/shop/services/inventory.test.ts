import { describe, expect, test } from 'vitest';

import { inventory } from '../../../../examples/shop/services/inventory/inventory.ts';
import { useShopService, type Reply } from './shop-lab.ts';

const service = useShopService(inventory);
let order = 0;
let orderId: string;

const nextOrder = (): string => {
  order += 1;
  orderId = `I-${order}`;
  return orderId;
};

const reserve = (id: string, sku: string, quantity = 1): Promise<Reply> =>
  service.ask(`PUT /reservations/${encodeURIComponent(id)}`, { body: { orderId, sku, quantity } });

const release = (id: string): Promise<Reply> => service.ask(`DELETE /reservations/${encodeURIComponent(id)}`);

const onHand = async (sku: string): Promise<number> =>
  Number((await service.ask(`GET /stock/${sku}`)).body['onHand']);

describe('the inventory', () => {
  test('takes what is reserved from the stock, and puts it back when it is released', async () => {
    const id = `${nextOrder()}:1`;
    const before = await onHand('tea-sencha');

    expect(await reserve(id, 'tea-sencha', 2)).toMatchObject({
      status: 201,
      body: { reservationId: id, sku: 'tea-sencha', quantity: 2, status: 'reserved' },
    });
    expect(await onHand('tea-sencha')).toBe(before - 2);

    expect(await release(id)).toMatchObject({
      status: 200,
      body: { reservationId: id, status: 'released' },
    });
    expect(await onHand('tea-sencha')).toBe(before);
    expect(await service.counts(orderId)).toEqual({ reserved: 1, released: 1 });
  });

  test('tells the effects of an order with what was moved', async () => {
    const id = `${nextOrder()}:1`;
    await reserve(id, 'cup-blue', 3);
    const { body } = await service.ask(`GET /effects?orderId=${orderId}`);
    expect(body['effects']).toEqual([
      { effect: 'reserved', orderId, reference: id, amount: 3, at: expect.any(String) as string },
    ]);
  });

  test('never reserves more than there is, however many ask at once', async () => {
    nextOrder();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, line) => reserve(`${orderId}:${line}`, 'tea-rare')),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(3);
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, body['code']])).toEqual(
      Array.from({ length: 7 }, () => [409, 'out-of-stock']),
    );
    expect(await onHand('tea-rare')).toBe(0);
    expect(await service.counts(orderId)).toEqual({ reserved: 3 });
  });

  test('knows no SKU that the shop does not sell', async () => {
    const problem = { status: 404, body: { code: 'unknown-sku' } };
    expect(await reserve(`${nextOrder()}:1`, 'coffee')).toMatchObject(problem);
    expect(await service.ask('GET /stock/coffee')).toMatchObject(problem);
  });

  test('refuses a second reservation under the same id', async () => {
    const id = `${nextOrder()}:1`;
    await reserve(id, 'cup-blue');
    expect(await reserve(id, 'cup-blue')).toMatchObject({
      status: 409,
      body: { code: 'already-reserved' },
    });
    expect(await service.counts(orderId)).toEqual({ reserved: 1 });
  });

  test('does nothing when released before reserved, and refuses the late reservation', async () => {
    const id = `${nextOrder()}:1`;
    expect(await release(id)).toMatchObject({ status: 200, body: { status: 'released' } });
    expect(await reserve(id, 'cup-blue')).toMatchObject({
      status: 409,
      body: { code: 'already-released' },
    });
    expect(await service.counts(orderId)).toEqual({});
  });

  test('releases once, however often it is asked to', async () => {
    const id = `${nextOrder()}:1`;
    await reserve(id, 'cup-blue');
    const before = await onHand('cup-blue');
    const replies = await Promise.all([release(id), release(id), release(id)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await onHand('cup-blue')).toBe(before + 1);
    expect(await service.counts(orderId)).toEqual({ reserved: 1, released: 1 });
  });

  test('keeps nothing put aside when a reservation and its release cross', async () => {
    const before = await onHand('pot-cast-iron');
    const ids = Array.from({ length: 20 }, (_, line) => `${nextOrder()}:${line}`);
    await Promise.all(ids.flatMap((id) => [reserve(id, 'pot-cast-iron'), release(id)]));
    expect(await onHand('pot-cast-iron')).toBe(before);
    for (const id of ids) {
      expect(await reserve(id, 'pot-cast-iron')).toMatchObject({ body: { code: 'already-released' } });
    }
  });
});
