import { describe, expect, test } from 'vitest';

import { inventory } from '../../../../examples/shop/services/inventory/inventory.ts';
import { notification } from '../../../../examples/shop/services/notification/notification.ts';
import { payment } from '../../../../examples/shop/services/payment/payment.ts';
import { readApiDocument } from '../../../../examples/shop/services/shared/api-document.ts';
import { shipping } from '../../../../examples/shop/services/shipping/shipping.ts';
import { useShopService } from './shop-lab.ts';

const service = useShopService(inventory);

const line = 'PUT /reservations/R-1';
const good = { orderId: 'R-1', sku: 'tea-sencha', quantity: 1 };

describe('a request that is wrong', () => {
  test.each([
    { why: 'a member is missing', body: { ...good, sku: undefined }, pointer: '/sku' },
    { why: 'a member is unknown', body: { ...good, colour: 'red' }, pointer: '/colour' },
    { why: 'a type is wrong', body: { ...good, quantity: '1' }, pointer: '/quantity' },
    { why: 'a number is too small', body: { ...good, quantity: 0 }, pointer: '/quantity' },
    { why: 'a number is no whole one', body: { ...good, quantity: 1.5 }, pointer: '/quantity' },
    { why: 'an id has a NUL in it', body: { ...good, orderId: 'R\u0000' }, pointer: '/orderId' },
    { why: 'the body is an array', body: [], pointer: '' },
    {
      why: 'the path does not fit',
      asked: 'PUT /reservations/R%201',
      body: good,
      pointer: '{reservationId}',
    },
    { why: 'a query is unknown', asked: 'GET /effects?order=R-1', pointer: '?order' },
  ])('is refused with the place when $why', async ({ asked = line, body, pointer }) => {
    const reply = await service.ask(asked, { body });
    expect([reply.status, reply.body['code']]).toEqual([400, 'invalid-request']);
    expect(reply.body['errors']).toContainEqual({ pointer, message: expect.any(String) as string });
  });

  test('is told all its faults at once', async () => {
    const { body } = await service.ask(line, { key: null, body: { orderId: 'R 1', quantity: 0 } });
    const pointers = (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(['/orderId', '/quantity', '/sku', 'idempotency-key']);
  });

  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const large = JSON.stringify({ ...good, note: 'x'.repeat(100_000) });

  test.each([
    { status: 400, code: 'malformed-json', body: '{"orderId":' },
    { status: 415, code: 'unsupported-media-type', body: 'a=1', headers: form },
    { status: 415, code: 'unsupported-media-type', body: '{}', headers: { 'Content-Type': 'text/plain' } },
    { status: 413, code: 'body-too-large', body: large },
    { status: 404, code: 'not-found', asked: 'GET /nothing' },
    { status: 405, code: 'method-not-allowed', asked: 'POST /reservations/R-1', body: good },
  ])('is answered $status $code', async ({ status, code, asked = line, body, headers = {} }) => {
    const reply = await service.ask(asked, { body, headers });
    expect([reply.status, reply.body['code']]).toEqual([status, code]);
    expect(reply.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(reply.body).toMatchObject({
      type: `urn:shop:problem:${code}`,
      title: expect.any(String) as string,
      detail: expect.any(String) as string,
      status,
    });
  });

  test('changes nothing', async () => {
    expect(await service.counts('R-1')).toEqual({});
  });
});

describe('the document', () => {
  test.each([inventory, payment, shipping, notification])(
    'of $name has the operations of the service',
    async (definition) => {
      const { paths } = await readApiDocument(definition.folder);
      const documented = Object.values(paths).flatMap((methods) =>
        Object.values(methods).flatMap(({ operationId }) => operationId ?? []),
      );
      const offered = [...Object.keys(definition.reads), ...Object.keys(definition.changes)];
      const ofAll = [
        'health',
        'openapi',
        'receiveEvent',
        'listEffects',
        'listFaults',
        'addFault',
        'clearFaults',
      ];
      expect(documented.sort()).toEqual([...offered, ...ofAll].sort());
    },
  );

  test('is served', async () => {
    const { status, body } = await service.ask('GET /openapi.json');
    expect(status).toBe(200);
    expect(body).toEqual(await readApiDocument(inventory.folder));
  });
});
