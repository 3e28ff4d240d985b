import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { createApiClient } from '../../../src/cli/client/api-client.ts';
import { errorText } from '../../../src/cli/report-error.ts';
import { freePort } from '../../../src/dev/ports.ts';

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function failureOf(url: string): Promise<string> {
  const failure: unknown = await createApiClient(url)
    .ask('GET', '/v1/runs')
    .catch((error: unknown) => error);
  return errorText(failure);
}

describe('a client of the API', () => {
  it('sends query, body and key, leaves out what is not given, and gives the answer as it came', async () => {
    const requests: unknown[] = [];
    const url = await serve((request, response) => {
      const { method, url: path, headers } = request;
      requests.push({ method, path, type: headers['content-type'], key: headers['idempotency-key'] });
      response.setHeader('content-type', 'application/json').end('{"a":  1}');
    });
    const api = createApiClient(`${url}/`);
    const query = { status: undefined, businessKey: 'a&b' };
    expect(await api.ask('GET', '/v1/runs', { query })).toEqual({
      status: 200,
      body: { a: 1 },
      text: '{"a":  1}',
    });
    await api.ask('POST', '/v1/runs', { body: { x: undefined }, idempotencyKey: 'k' });
    expect(requests).toEqual([
      { method: 'GET', path: '/v1/runs?businessKey=a%26b' },
      { method: 'POST', path: '/v1/runs', type: 'application/json', key: 'k' },
    ]);
  });

  it('says what the API refused, and each fault that its detail leaves out', async () => {
    const url = await serve((_, response) => {
      const errors = [
        { pointer: '/input/weight', message: '/input/weight must be 1 or more' },
        { pointer: '/id', message: 'is too long' },
      ];
      response.statusCode = 422;
      response.end(JSON.stringify({ code: 'invalid-input', detail: 'It does not fit', errors }));
    });
    expect(await failureOf(url)).toBe(
      'It does not fit (invalid-input)\n  /input/weight must be 1 or more\n  /id is too long',
    );
  });

  it.each([
    { status: 200, body: '<html>' },
    { status: 404, body: '{"error": "nothing here"}' },
    { status: 502, body: 'bad gateway' },
  ])('knows that an answer of $status $body is not from the API', async ({ status, body }) => {
    const url = await serve((_, response) => {
      response.statusCode = status;
      response.end(body);
    });
    const text = await failureOf(url);
    expect(text).toContain(`What answers at ${url} is not Baton's API (HTTP ${status}`);
    expect(text).toContain('BATON_API');
  });

  it('says where it looked and how to start an API when none answers', async () => {
    const text = await failureOf(`http://127.0.0.1:${await freePort('127.0.0.1')}`);
    expect(text).toMatch(/^No API answers at http:\/\/127\.0\.0\.1:\d+ \(.*ECONNREFUSED.*\)\./);
    expect(text).toContain('baton dev');
    expect(text).not.toMatch(/^\s+at /m);
  });

  it.each(['127.0.0.1:8080', 'ftp://x', '', 'http://me:secret@x', 'http://x?y'])(
    'refuses the address "%s"',
    (address) => {
      expect(() => createApiClient(address)).toThrow('must be a URL such as http://127.0.0.1:8080');
    },
  );
});
