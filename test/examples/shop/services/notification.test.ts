import { expect, test } from 'vitest';

import { notification } from '../../../../examples/shop/services/notification/notification.ts';
import { useShopService, type Reply } from './shop-lab.ts';

const service = useShopService(notification);

const send = (key: string, more: Readonly<Record<string, unknown>> = {}): Promise<Reply> =>
  service.ask('POST /notifications', {
    key,
    body: {
      orderId: 'N-1',
      channel: 'email',
      to: 'ada@example.com',
      template: 'order-shipped',
      data: { trackingNumber: 'TRK1', parcels: 2 },
      ...more,
    },
  });

test('a customer is told once, and the repeated request gets the same id', async () => {
  const first = await send('tell');
  expect(first).toMatchObject({ status: 202, body: { notificationId: expect.any(String) as string } });
  expect((await send('tell')).body).toEqual(first.body);
  expect(await service.counts('N-1')).toEqual({ sent: 1 });
});

test.each([
  ['/channel', { channel: 'pigeon' }],
  ['/template', { template: 'order-lost' }],
  ['/to', { to: 'a\u0000b@example.com' }],
  ['/data/note', { data: { note: '\u0000' } }],
  ['/data/list', { data: { list: [] } }],
])('a message whose %s does not fit is refused', async (pointer, more) => {
  const { status, body } = await send('refused', more);
  expect(status).toBe(400);
  expect(body['errors']).toContainEqual({ pointer, message: expect.any(String) as string });
});
