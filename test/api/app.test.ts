import { connect } from 'node:net';

import pino from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { problemSchema } from '../../src/api/problem.ts';
import { containing } from './containing.ts';
import { sampleDeps, startApi, temporalAway, type TestApi } from './sample.ts';

const logged: Record<string, unknown>[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line) as never) });
const registry = new Registry();
let isReady = true;
let api: TestApi;

beforeAll(async () => {
  api = await startApi(
    sampleDeps({
      log,
      registry,
      loadRunView: (id) => Promise.reject(id === 'away' ? temporalAway : new TypeError('a secret of ours')),
      checks: {
        temporal: () => (isReady ? Promise.resolve() : Promise.reject(new Error('no connection'))),
        disk: () => Promise.resolve(),
      },
    }),
  );
});

afterAll(async () => {
  await api.listening.close();
});

describe('what the API is asked wrongly', () => {
  it.each([
    ['GET /nope', 404, 'route-not-found'],
    ['GET /v1/Runs', 404, 'route-not-found'],
    ['GET /v1/processes/nope', 404, 'process-not-found'],
    ['GET /v1/processes/__proto__', 404, 'process-not-found'],
    ['GET /v1/processes/constructor', 404, 'process-not-found'],
    ['DELETE /v1/runs', 405, 'method-not-allowed'],
    ['GET /v1/processes/parcel/runs', 405, 'method-not-allowed'],
    ['GET /v1/runs/%E0%A4%A', 400, 'invalid-request'],
    [`GET /v1/runs/${'x'.repeat(1_001)}`, 400, 'invalid-request'],
    ['GET /v1/processes?a=1', 400, 'invalid-request'],
    ['GET /v1/runs/away', 503, 'temporal-unavailable'],
    ['GET /v1/runs/broken', 500, 'internal'],
  ] as const)('is answered with a problem: %s', async (request, status, code) => {
    const reply = await api.ask(request);
    expect(reply).toMatchObject({ status, body: { status, code, type: `urn:baton:error:${code}` } });
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.headers.get('x-powered-by')).toBeNull();
    expect(reply.text).not.toMatch(/\.ts:|node_modules|secret/);
    expect(problemSchema.parse(reply.body).instance).toBe(
      `urn:baton:request:${reply.headers.get('x-request-id')}`,
    );
  });

  it('names every fault of the query at once', async () => {
    const { body } = await api.ask(
      "GET /v1/runs?status=done&pageSize=0&startedAfter=today&businessKey=a'b&colour=red&process=a&process=b",
    );
    expect(body['errors']).toEqual([
      { pointer: '?process', message: '?process must be a string' },
      { pointer: '?status', message: containing('must be one of running, paused') },
      { pointer: '?businessKey', message: containing('quotes') },
      { pointer: '?startedAfter', message: containing('2026-01-31T12:00:00Z') },
      { pointer: '?pageSize', message: '?pageSize must be 1 or more' },
      { pointer: '?colour', message: containing('those known are process, status') },
    ]);
  });

  it('tells by Allow what a path takes', async () => {
    expect((await api.ask('PUT /v1/runs')).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const options = await api.ask('OPTIONS /v1/processes/parcel/runs');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  it('says when to come back while Temporal is away', async () => {
    expect((await api.ask('GET /v1/runs/away')).headers.get('retry-after')).toBe('5');
  });

  it('keeps a fault of its own to the log, under the id of the request', async () => {
    const { headers } = await api.ask('GET /v1/runs/broken', { headers: { 'X-Request-Id': 'mine-1' } });
    expect(headers.get('x-request-id')).toBe('mine-1');
    const line = logged.find(({ requestId, err }) => requestId === 'mine-1' && err !== undefined);
    expect(line).toMatchObject({ err: { message: 'a secret of ours', stack: containing('TypeError') } });
  });

  it('makes its own request id where the given one could forge a log line', async () => {
    const { headers } = await api.ask('GET /', { headers: { 'X-Request-Id': 'a b"' } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses headers that are too long with a problem', async () => {
    const answer = await send(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('"code":"invalid-request"');
  });

  it('refuses what is no HTTP with a problem', async () => {
    expect(await send('HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"invalid-request"/);
  });
});

describe('the body of a start', () => {
  const start = 'POST /v1/processes/parcel/runs';

  it.each<[string, { body?: unknown; headers?: Record<string, string> }, number, string, string | undefined]>(
    [
      ['none', {}, 400, 'invalid-request', ''],
      ['empty', { body: '' }, 400, 'invalid-request', ''],
      ['an array', { body: [] }, 400, 'invalid-request', ''],
      [
        'a form',
        { body: 'a=b', headers: { 'Content-Type': 'text/plain' } },
        415,
        'unsupported-media-type',
        undefined,
      ],
      [
        'Latin-1',
        { body: '{}', headers: { 'Content-Type': 'application/json; charset=latin1' } },
        415,
        'unsupported-media-type',
        undefined,
      ],
      [
        'packed unknown',
        { body: '{}', headers: { 'Content-Encoding': 'x' } },
        415,
        'unsupported-media-type',
        undefined,
      ],
      [
        'badly packed',
        { body: '{}', headers: { 'Content-Encoding': 'gzip' } },
        400,
        'invalid-request',
        undefined,
      ],
      ['not UTF-8', { body: new Uint8Array([0xff]) }, 400, 'malformed-json', undefined],
      ['too large', { body: { input: 'x'.repeat(20_000) } }, 413, 'body-too-large', undefined],
      ['broken', { body: '{"input":' }, 400, 'malformed-json', ''],
    ],
  )('is refused when it is %s', async (...[, options, status, code, pointer]) => {
    const { body, ...reply } = await api.ask(start, options);
    expect({ ...reply, code: body['code'] }).toMatchObject({ status, code });
    if (pointer !== undefined) expect(body['errors']).toMatchObject([{ pointer }]);
  });

  it('is told where it breaks', async () => {
    const { body } = await api.ask(start, { body: '{\n "input": }' });
    expect(body).toMatchObject({
      detail: 'Expected a value, found "}" at line 2, column 11',
      position: { line: 2, column: 11, offset: 12 },
    });
  });

  it('has the faults of the request and of the input named together', async () => {
    const { body } = await api.ask(`${start}?wait=2h&x=1`, {
      headers: { 'Idempotency-Key': 'a b' },
      body: { input: { weight: 0, size: 1 }, id: '-x', businessKey: '', colour: 'red' },
    });
    expect((body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      '?wait',
      '?x',
      'Idempotency-Key',
      '/id',
      '/businessKey',
      '/colour',
      '/input/size',
      '/input/weight',
    ]);
  });
});

describe('what those who run the API look at', () => {
  it('is ready while every check passes, and says which does not', async () => {
    expect(await api.ask('GET /health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    isReady = false;
    expect(await api.ask('GET /health/ready')).toMatchObject({
      status: 503,
      body: {
        status: 'not-ready',
        checks: { temporal: { ok: false, message: 'no connection' }, disk: { ok: true } },
      },
    });
    expect(await api.ask('GET /health/live')).toMatchObject({ status: 200 });
    isReady = true;
  });

  it('measures by the pattern of the route, so that ids make no new series', async () => {
    await api.ask('GET /v1/runs/broken');
    await api.ask('GET /nope/1');
    const { text } = await api.ask('GET /metrics');
    expect(text).toContain(
      'baton_http_request_duration_seconds_count{route="/v1/runs/{id}",method="GET",status="500"}',
    );
    expect(text).toContain('route="unmatched",method="GET",status="404"');
    expect(text).not.toContain('broken');
  });

  it('logs each request without its headers', async () => {
    await api.ask('GET /v1/processes', {
      headers: { 'X-Request-Id': 'mine-2', Authorization: 'Bearer s3cret' },
    });
    const line = logged.find(({ requestId }) => requestId === 'mine-2');
    expect(line).toMatchObject({ req: { method: 'GET', url: '/v1/processes' }, res: { status: 200 } });
    expect(JSON.stringify(logged)).not.toContain('s3cret');
  });
});

describe('what the API says of itself', () => {
  it('shows processes with schema, example, decisions and graph', async () => {
    const { body } = await api.ask('GET /v1/processes/parcel');
    expect(body).toMatchObject({
      name: 'parcel',
      example: { weight: 3 },
      inputSchema: { type: 'object' },
      decisions: { approval: { title: 'May it go?' } },
      graph: [{ name: 'approval' }],
      counts: null,
      links: { runs: '/v1/processes/parcel/runs' },
    });
    expect((await api.ask('GET /v1/processes')).body).toEqual({ processes: [body] });
  });

  it('has a page that asks no other host', async () => {
    const page = await api.ask('GET /docs');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source = '']) => source);
    expect(sources).toHaveLength(4);
    for (const source of sources) {
      expect((await api.ask(`GET ${source}` as 'GET /docs')).status, source).toBe(200);
    }
  });

  it('leads on from its root', async () => {
    const links = (await api.ask('GET /')).body['links'] as Record<string, string>;
    const needsNothing = (path: string): boolean =>
      !['/v1/runs', '/v1/events', '/v1/read-models'].includes(path);
    for (const link of Object.values(links).filter(needsNothing)) {
      expect((await api.ask(`GET ${link}` as 'GET /')).status, link).toBe(200);
    }
  });
});

/** Sends bytes as they are and reads until the server closes. */
async function send(bytes: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.end(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
