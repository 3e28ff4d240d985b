import { afterEach, describe, expect, test } from 'vitest';

import { inventory } from '../../../../examples/shop/services/inventory/inventory.ts';
import { useShopService, type Reply } from './shop-lab.ts';
import { until } from './until.ts';

const service = useShopService(inventory);
afterEach(() => service.ask('DELETE /faults'));

const reserve = (orderId: string, signal?: AbortSignal): Promise<Reply> =>
  service.ask(`PUT /reservations/${orderId}:1`, {
    key: `reserve ${orderId}`.replace(' ', ':'),
    body: { orderId, sku: 'tea-sencha', quantity: 1 },
    ...(signal !== undefined && { signal }),
  });

const release = (orderId: string): Promise<Reply> => service.ask(`DELETE /reservations/${orderId}:1`);

const waiting = async (): Promise<unknown> => (await service.ask('GET /faults')).body['faults'];

describe('a fault on demand', () => {
  test('before: nothing is done, as often as it was asked for', async () => {
    await service.addFault({ operation: 'reserve', status: 503, times: 2, retryAfter: 7 });
    for (const left of [1, 0]) {
      const { status, headers, body } = await reserve('F-1');
      expect([status, headers.get('Retry-After'), body['code']]).toEqual([503, '7', 'fault-on-demand']);
      expect(await waiting()).toHaveLength(left === 0 ? 0 : 1);
    }
    expect(await service.counts('F-1')).toEqual({});
    expect(await reserve('F-1')).toMatchObject({ status: 201 });
  });

  test('after: it is done, the answer is another, and the repeated request learns it', async () => {
    await service.addFault({ operation: 'reserve', status: 500, at: 'after' });
    expect(await reserve('F-2')).toMatchObject({ status: 500 });
    expect(await service.counts('F-2')).toEqual({ reserved: 1 });
    const again = await reserve('F-2');
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
    expect(await service.counts('F-2')).toEqual({ reserved: 1 });
  });

  test('a drop before: no answer, and nothing is done', async () => {
    await service.addFault({ operation: 'reserve', drop: true });
    await expect(reserve('F-3')).rejects.toThrow();
    expect(await service.counts('F-3')).toEqual({});
    expect(await reserve('F-3')).toMatchObject({ status: 201 });
  });

  test('a drop after: no answer, and it is done', async () => {
    await service.addFault({ operation: 'reserve', drop: true, at: 'after' });
    await expect(reserve('F-4')).rejects.toThrow();
    expect(await service.counts('F-4')).toEqual({ reserved: 1 });
    expect(await reserve('F-4')).toMatchObject({ status: 201 });
    expect(await service.counts('F-4')).toEqual({ reserved: 1 });
  });

  test('strikes what undoes as well', async () => {
    await reserve('F-5');
    await service.addFault({ operation: 'release', status: 500 });
    expect(await release('F-5')).toMatchObject({ status: 500 });
    expect(await service.counts('F-5')).toEqual({ reserved: 1 });
    expect(await release('F-5')).toMatchObject({ status: 200 });
  });

  test('strikes only the order that it was asked for, with a body or without', async () => {
    await service.addFault({ operation: 'reserve', status: 500, orderId: 'F-6' });
    await service.addFault({ operation: 'release', status: 500, orderId: 'F-6' });
    expect(await reserve('F-7')).toMatchObject({ status: 201 });
    expect(await release('F-7')).toMatchObject({ status: 200 });
    expect(await reserve('F-6')).toMatchObject({ status: 500 });
    expect(await release('F-6')).toMatchObject({ status: 500 });
  });

  test('without an end strikes until it is cleared', async () => {
    await service.addFault({ operation: 'reserve', status: 429, times: null });
    const replies = [await reserve('F-8'), await reserve('F-8'), await reserve('F-8')];
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 429]);
    expect(await waiting()).toMatchObject([{ operation: 'reserve', times: null }]);
    expect(await service.ask('DELETE /faults')).toMatchObject({ status: 204 });
    expect(await reserve('F-8')).toMatchObject({ status: 201 });
  });

  test('a short delay changes nothing else', async () => {
    await service.addFault({ operation: 'reserve', delayMs: 1 });
    expect(await reserve('F-9')).toMatchObject({ status: 201 });
  });

  test('a long delay keeps the caller waiting and holds nobody else up', async () => {
    await service.addFault({ operation: 'reserve', delayMs: 600_000 });
    const impatient = new AbortController();
    const answer = reserve('F-10', impatient.signal);
    await until(async () => {
      expect(await waiting()).toEqual([]);
    });
    expect(await reserve('F-11')).toMatchObject({ status: 201 });
    expect(await service.counts('F-10')).toEqual({});
    impatient.abort();
    await expect(answer).rejects.toThrow();
  });

  test.each([
    ['an operation that is not there', { operation: 'ship', status: 500 }, '/operation'],
    ['nothing that would happen', { operation: 'reserve' }, ''],
    ['a status that is no failure', { operation: 'reserve', status: 200 }, '/status'],
    ['a moment that is none', { operation: 'reserve', status: 500, at: 'never' }, '/at'],
    ['a member that is unknown', { operation: 'reserve', status: 500, often: true }, '/often'],
  ])('with %s is refused', async (_title, fault, pointer) => {
    const { status, body } = await service.ask('POST /faults', { body: fault });
    expect(status).toBe(400);
    expect(body['errors']).toContainEqual({ pointer, message: expect.any(String) as string });
    expect(await waiting()).toEqual([]);
  });
});
