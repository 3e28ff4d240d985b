import { beforeEach, describe, expect, test } from 'vitest';

import { shipping } from '../../../../examples/shop/services/shipping/shipping.ts';
import { useShopService, type Reply } from './shop-lab.ts';

const service = useShopService(shipping);
let order = 0;
let orderId: string;

beforeEach(() => {
  order += 1;
  orderId = `S-${order}`;
});

const create = (country = 'GB'): Promise<Reply> =>
  service.ask(`PUT /shipments/${orderId}`, {
    body: {
      orderId,
      address: { name: 'Zoë', street: '1 High Street', city: 'Łódź', postcode: '90-001', country },
      lines: [{ sku: 'tea-sencha', quantity: 2 }],
    },
  });

const cancel = (): Promise<Reply> => service.ask(`DELETE /shipments/${orderId}`);

describe('the shipping', () => {
  test('gives a parcel a number to follow it by', async () => {
    expect(await create()).toMatchObject({
      status: 201,
      body: {
        shipmentId: orderId,
        trackingNumber: expect.stringMatching(/^TRK\d{10}$/) as string,
        status: 'created',
      },
    });
    expect(await service.counts(orderId)).toEqual({ created: 1 });
  });

  test('goes to no country without a carrier', async () => {
    expect(await create('AQ')).toMatchObject({ status: 422, body: { code: 'unserved-country' } });
    expect(await service.counts(orderId)).toEqual({});
  });

  test('cancels once, however often it is asked to', async () => {
    await create();
    const replies = await Promise.all([cancel(), cancel(), cancel()]);
    expect(replies.map(({ status, body }) => [status, body['status']])).toEqual(
      Array.from({ length: 3 }, () => [200, 'cancelled']),
    );
    expect(await service.counts(orderId)).toEqual({ created: 1, cancelled: 1 });
  });

  test('does nothing when cancelled before created, and refuses the late shipment', async () => {
    expect(await cancel()).toMatchObject({ status: 200 });
    expect(await create()).toMatchObject({ status: 409, body: { code: 'already-cancelled' } });
    expect(await service.counts(orderId)).toEqual({});
  });

  test('refuses a second shipment under the same id', async () => {
    await create();
    expect(await create()).toMatchObject({ status: 409, body: { code: 'already-created' } });
  });
});
