import { describe, expect, test, vi } from 'vitest';

import { verifyRequest } from '../../../../../../examples/shop/services/shared/events/verify-request.ts';
import type { WireRequest } from '../../../../../../src/http/exchange.ts';
import { toBinaryMessage } from '../../../../../../src/events/subscriptions/binary-message.ts';
import { signRequest } from '../../../../../../src/events/subscriptions/sign-request.ts';

const key = { id: 'inventory', secret: 's3cret' };
const event = {
  specversion: '1.0',
  id: '1',
  source: '/shop',
  type: 'order.placed',
  data: { orderId: 'A-1' },
} as const;
const { headers, body } = toBinaryMessage(event);
const request: WireRequest = { method: 'POST', url: 'http://127.0.0.1:4101/events', headers, body };

const verify = (
  { method, url, headers: sent, body: content }: WireRequest,
  secret = key.secret,
): Promise<void> =>
  verifyRequest(
    { method, path: new URL(url).pathname, headers: sent, body: Buffer.from(content ?? '') },
    secret,
  );

const without = (name: string, all: WireRequest['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([other]) => other !== name));

describe('a signed delivery', () => {
  test('is taken', async () => {
    await expect(verify(await signRequest(request, key))).resolves.toBeUndefined();
  });

  test('without a body is taken', async () => {
    await expect(verify(await signRequest({ ...request, body: null }, key))).resolves.toBeUndefined();
  });

  const changes: [string, (signed: WireRequest) => WireRequest][] = [
    ['with another body', (signed) => ({ ...signed, body: '{"orderId":"A-2"}' })],
    ['to another path', (signed) => ({ ...signed, url: 'http://127.0.0.1:4101/faults' })],
    ['by another method', (signed) => ({ ...signed, method: 'PUT' })],
    [
      'of another type',
      (signed) => ({ ...signed, headers: { ...signed.headers, 'ce-type': 'order.rejected' } }),
    ],
    [
      'with one more attribute',
      (signed) => ({ ...signed, headers: { ...signed.headers, 'ce-style': 'hybrid' } }),
    ],
    ['without its digest', (signed) => ({ ...signed, headers: without('content-digest', signed.headers) })],
    ['without its signature', (signed) => ({ ...signed, headers: without('signature', signed.headers) })],
  ];
  test.each(changes)('%s is refused', async (_title, change) => {
    await expect(verify(change(await signRequest(request, key)))).rejects.toMatchObject({
      status: 401,
      code: 'invalid-signature',
    });
  });

  test('that is not signed at all, or by another key, is refused', async () => {
    await expect(verify(request)).rejects.toMatchObject({ code: 'invalid-signature' });
    await expect(verify(await signRequest(request, key), 'other')).rejects.toMatchObject({
      code: 'invalid-signature',
    });
  });

  test('that is sent again when it is old is refused', async () => {
    const signed = await signRequest(request, key);
    vi.useFakeTimers({ now: Date.now() + 10 * 60_000, toFake: ['Date'] });
    try {
      await expect(verify(signed)).rejects.toMatchObject({ code: 'invalid-signature' });
    } finally {
      vi.useRealTimers();
    }
  });
});
