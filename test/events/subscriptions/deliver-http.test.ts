import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { createVerifier, httpbis } from 'http-message-signatures';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createHttpDelivery } from '../../../src/events/subscriptions/deliver-http.ts';
import type { DeliveryOutcome } from '../../../src/events/subscriptions/delivery-outcome.ts';
import { sampleEvent } from '../lab.ts';

let server: Server;
let url: string;
let answer: RequestListener;
const dispatcher = new Agent();

beforeAll(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
});

afterAll(async () => {
  await dispatcher.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const event = sampleEvent({ subject: 'Grüße', data: { a: 1 } });

async function deliver(
  options: { timeout?: number; secret?: string; signal?: AbortSignal; url?: string } = {},
): Promise<DeliveryOutcome> {
  const { timeout = 5_000, secret, signal = new AbortController().signal } = options;
  const delivery = createHttpDelivery({
    url: options.url ?? url,
    timeout,
    headers: { authorization: 'Bearer key' },
    signature: secret === undefined ? null : { id: 'loyalty', secret },
    dispatcher,
  });
  return delivery({ position: 1, recordedAt: '2026-01-01T00:00:00Z', event }, { attempt: 1, signal });
}

describe('an event', () => {
  it('is sent in binary mode, with what the sink wants to see', async () => {
    let got: { headers: IncomingMessage['headers']; body: string } | null = null;
    answer = (request, response) => {
      void text(request).then((body) => {
        got = { headers: request.headers, body };
        response.writeHead(204).end();
      });
    };
    expect(await deliver()).toEqual({ kind: 'delivered' });
    expect(got).toMatchObject({
      headers: {
        'ce-id': event.id,
        'ce-subject': 'Gr%C3%BC%C3%9Fe',
        'content-type': 'application/json',
        authorization: 'Bearer key',
      },
      body: '{"a":1}',
    });
  });

  it('is signed, so that a receiver notices whatever was changed on the way', async () => {
    const verdicts: unknown[] = [];
    answer = (request, response) => {
      void (async () => {
        await text(request);
        const headers = request.headers as Record<string, string>;
        verdicts.push(await verify(request, headers));
        verdicts.push(await verify(request, { ...headers, 'ce-type': 'another' }));
        verdicts.push(await verify(request, { ...headers, 'content-digest': 'sha-256=:AAAA:' }));
        response.writeHead(200).end('ok');
      })();
    };
    expect(await deliver({ secret: 'shared' })).toEqual({ kind: 'delivered' });
    expect(verdicts).toEqual([true, false, false]);
  });

  it.each([
    [503, { 'retry-after': '7' }, { isFinal: false, retryAfter: 7_000 }],
    [429, {}, { isFinal: false }],
    [500, {}, { isFinal: false }],
    [400, {}, { isFinal: true }],
    [302, { location: 'http://127.0.0.1:1/' }, { isFinal: true }],
    [410, {}, { isFinal: true }],
  ])('that is answered with %d has failed: %j %j', async (status, headers, expected) => {
    answer = (_request, response) => {
      response.writeHead(status, headers).end('because');
    };
    expect(await deliver()).toEqual({
      kind: 'failed',
      error: { message: `the sink answered ${status}`, status, body: 'because' },
      ...expected,
    });
  });

  it('is tried again where the sink does not answer in time', async () => {
    answer = () => undefined;
    expect(await deliver({ timeout: 50 })).toEqual({
      kind: 'failed',
      error: { message: 'no answer within 50 ms' },
      isFinal: false,
    });
  });

  it('is tried again where no one listens', async () => {
    expect(await deliver({ url: 'http://127.0.0.1:1/events' })).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringContaining('http://127.0.0.1:1 cannot be reached') as string },
      isFinal: false,
    });
  });

  it('is given up at once where the attempt is of no use any more', async () => {
    answer = () => undefined;
    const lost = new AbortController();
    const delivering = deliver({ signal: lost.signal });
    lost.abort(new Error('lost'));
    await expect(delivering).rejects.toThrow('lost');
  });
});

async function verify(request: IncomingMessage, headers: Record<string, string>): Promise<boolean | null> {
  return httpbis
    .verifyMessage(
      {
        keyLookup: ({ keyid }) =>
          Promise.resolve({
            id: String(keyid),
            algs: ['hmac-sha256'],
            verify: createVerifier('shared', 'hmac-sha256'),
          }),
      },
      { method: request.method ?? '', url, headers },
    )
    .catch(() => false);
}
