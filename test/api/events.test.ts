import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { containing } from './containing.ts';
import { batch, event, structured, useEventLab } from './event-lab.ts';
import { sampleDeps, startApi } from './sample.ts';

const lab = useEventLab({ bodyLimit: 1_048_576 });

/** Headers of an event in binary mode; a name that is `null` is left out. */
function binary(overrides: Record<string, string | null> = {}): Record<string, string> {
  const headers: Record<string, string | null> = {
    'ce-specversion': '1.0',
    'ce-id': randomUUID(),
    'ce-source': '/test',
    'ce-type': 'order.seen',
    ...overrides,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

const post = (body: unknown, headers: Record<string, string>): ReturnType<typeof lab.api.ask> =>
  lab.api.ask('POST /v1/events', { body, headers });

/** The event that an answer to POST speaks of, as the log holds it. */
async function kept({ body }: Awaited<ReturnType<typeof post>>): Promise<unknown> {
  const [first] = body['events'] as readonly { position: number }[];
  const page = await lab.api.ask(`GET /v1/events?after=${(first?.position ?? 0) - 1}&limit=1`);
  return (page.body['events'] as readonly { event: unknown }[])[0]?.event;
}

describe('POST /v1/events', () => {
  it('takes an event as a whole, and knows it again', async () => {
    const sent = event({
      subject: '4711',
      time: '2026-01-31T12:00:00Z',
      correlationid: 'c-1',
      data: { a: 0 },
    });
    const first = await post(sent, structured);
    expect(first).toMatchObject({
      status: 201,
      body: {
        events: [{ source: '/test', id: sent['id'], position: expect.any(Number) as number, known: false }],
      },
    });
    expect(await kept(first)).toEqual(sent);
    const again = await post(sent, { 'Content-Type': 'application/cloudevents+json; charset=UTF-8' });
    expect(again.status).toBe(200);
    const [known] = again.body['events'] as readonly object[];
    expect(known).toEqual({ ...(first.body['events'] as readonly object[])[0], known: true });
  });

  it('takes a batch in its order; the second of two in it finds the first', async () => {
    const [one, two] = [event(), event()];
    const { status, body } = await post([one, two, one], batch);
    const events = body['events'] as readonly { id: string; position: number; known: boolean }[];
    expect(status).toBe(201);
    expect(events.map(({ id, known }) => [id, known])).toEqual([
      [one['id'], false],
      [two['id'], false],
      [one['id'], true],
    ]);
    expect(events[1]?.position).toBeGreaterThan(events[0]?.position ?? Infinity);
    expect(events[2]?.position).toBe(events[0]?.position);
  });

  it('takes a batch of nothing', async () => {
    expect(await post([], batch)).toMatchObject({ status: 200, body: { events: [] } });
  });

  it.each<[string, { body?: string | Uint8Array; headers: Record<string, string> }, object]>([
    ['JSON', { body: '{"a":[1]}', headers: { 'Content-Type': 'application/json' } }, { data: { a: [1] } }],
    [
      'JSON that is false',
      { body: 'false', headers: { 'Content-Type': 'application/json' } },
      { data: false },
    ],
    ['JSON that is null', { body: 'null', headers: { 'Content-Type': 'application/json' } }, { data: null }],
    [
      'JSON of a vendor, with a parameter',
      { body: '{}', headers: { 'Content-Type': 'application/vnd.shop+json; charset=UTF-8' } },
      { data: {} },
    ],
    ['text', { body: 'naïve\u0000', headers: { 'Content-Type': 'text/plain' } }, { data: 'naïve\u0000' }],
    ['XML', { body: '<a/>', headers: { 'Content-Type': 'application/soap+xml' } }, { data: '<a/>' }],
    [
      'text that is no UTF-8',
      { body: new Uint8Array([0xe9]), headers: { 'Content-Type': 'text/plain; charset=latin1' } },
      { data_base64: '6Q==' },
    ],
    [
      'bytes',
      { body: new Uint8Array([0, 255]), headers: { 'Content-Type': 'application/octet-stream' } },
      { data_base64: 'AP8=' },
    ],
  ])('takes one in binary mode with data that is %s', async (_, { body, headers }, data) => {
    const reply = await post(body, binary(headers));
    expect(reply.status).toBe(201);
    expect(await kept(reply)).toMatchObject({ ...data, datacontenttype: headers['Content-Type'] });
  });

  it('takes one in binary mode without data, and reads its attributes out of the headers', async () => {
    const headers = binary({
      'ce-subject': 'caf%C3%A9%20%22x%22',
      'ce-time': '2026-01-31T12:00:00+01:00',
      'CE-CorrelationId': 'c-2',
    });
    expect(await kept(await post(undefined, headers))).toEqual({
      specversion: '1.0',
      id: headers['ce-id'],
      source: '/test',
      type: 'order.seen',
      subject: 'café "x"',
      time: '2026-01-31T12:00:00+01:00',
      correlationid: 'c-2',
    });
  });

  it('keeps names that mean something to JavaScript', async () => {
    expect(await kept(await post(event({ constructor: 'x' }), structured))).toMatchObject({
      constructor: 'x',
    });
    expect(await post(undefined, binary({ 'ce-type': 'constructor' }))).toMatchObject({ status: 201 });
  });

  it.each([
    ['JSON without a mode', { a: 1 }, { 'Content-Type': 'application/json' }],
    [
      'a format that is not known',
      '<event/>',
      { 'Content-Type': 'application/cloudevents+xml', 'ce-id': '1' },
    ],
    ['another batch format', '', { 'Content-Type': 'application/cloudevents-batch+avro', 'ce-id': '1' }],
    ['nothing', undefined, {}],
    [
      'an event in another character set',
      '{}',
      { 'Content-Type': 'application/cloudevents+json; charset=latin1' },
    ],
    [
      'JSON data in another character set',
      '{}',
      binary({ 'Content-Type': 'application/json; charset=latin1' }),
    ],
  ])('refuses %s with 415', async (_, body, headers) => {
    expect(await post(body, headers)).toMatchObject({
      status: 415,
      body: {
        code: 'unsupported-media-type',
        detail: expect.stringMatching(/UTF-8|cloudevents-batch\+json/) as string,
      },
    });
  });

  it.each<[string, unknown, Record<string, string>, number, string, readonly string[]]>([
    ['broken JSON', '{"id":', structured, 400, 'malformed-json', ['']],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), structured, 400, 'malformed-json', []],
    ['no body', undefined, structured, 400, 'invalid-request', ['']],
    ['a list as one', [event()], structured, 400, 'invalid-request', ['']],
    ['one as a batch', event(), batch, 400, 'invalid-request', ['']],
    ['a batch without a body', undefined, batch, 400, 'invalid-request', ['']],
    ['a batch of other things', [1, null], batch, 400, 'invalid-request', ['/0', '/1']],
    ['an empty object', {}, structured, 400, 'invalid-request', ['/specversion', '/id', '/source', '/type']],
    [
      'wrong types',
      event({
        id: 7,
        source: ['a'],
        type: '',
        time: 'now',
        subject: {},
        Extension: 1,
        ext: {},
        specversion: '0.3',
      }),
      structured,
      400,
      'invalid-request',
      ['/specversion', '/id', '/source', '/type', '/time', '/subject', '/Extension', '/ext'],
    ],
    [
      'control characters',
      event({ id: 'a\u0000', subject: 'a\nb' }),
      structured,
      400,
      'invalid-request',
      ['/id', '/subject'],
    ],
    ['half a surrogate pair', event({ id: '\ud800' }), structured, 400, 'invalid-request', ['/id']],
    [
      'data twice',
      event({ data: 1, data_base64: 'AA==' }),
      structured,
      400,
      'invalid-request',
      ['/data_base64'],
    ],
    ['a forbidden key', '{"__proto__":{}}', structured, 400, 'invalid-request', ['/__proto__']],
    [
      'a batch of which the third is broken',
      [event(), event(), event({ type: null })],
      batch,
      400,
      'invalid-request',
      ['/2/type'],
    ],
    [
      'data that breaks the schema of its type',
      event({ type: 'order.placed', data: { lines: [{ quantity: 0 }, { quantity: 'x' }] } }),
      structured,
      422,
      'invalid-event',
      ['/data/lines/0/quantity', '/data/lines/1/quantity'],
    ],
    [
      'no data where its type has a schema',
      event({ type: 'order.placed' }),
      structured,
      422,
      'invalid-event',
      ['/data'],
    ],
    [
      'bytes where its type has a schema',
      event({ type: 'order.placed', data_base64: 'AA==' }),
      structured,
      422,
      'invalid-event',
      ['/data'],
    ],
    [
      'a batch of which two break their schemas',
      [event({ type: 'order.placed' }), event(), event({ type: 'order.placed', data: {} })],
      batch,
      422,
      'invalid-event',
      ['/0/data', '/2/data/lines'],
    ],
    [
      'a header with a bad escape',
      undefined,
      binary({ 'ce-id': '%zz', 'ce-subject': '%E2%82' }),
      400,
      'invalid-request',
      ['ce-id', 'ce-subject'],
    ],
    [
      'headers that are missing, empty and unknown',
      undefined,
      binary({ 'ce-id': null, 'ce-type': '', 'ce-not-a-name': '1', 'ce-specversion': '2' }),
      400,
      'invalid-request',
      ['ce-not-a-name', 'ce-id', 'ce-specversion', 'ce-type'],
    ],
    [
      'an escaped control character',
      undefined,
      binary({ 'ce-id': 'a%00' }),
      400,
      'invalid-request',
      ['ce-id'],
    ],
    [
      'attributes that have another place',
      '{}',
      binary({
        'ce-datacontenttype': 'text/plain',
        'ce-data': '1',
        'ce-data_base64': 'AA==',
        'Content-Type': 'json',
      }),
      400,
      'invalid-request',
      ['Content-Type', 'ce-data', 'ce-data_base64', 'ce-datacontenttype'],
    ],
    ['broken JSON as data', '{', binary({ 'Content-Type': 'application/json' }), 400, 'malformed-json', ['']],
    [
      'data of a declared type in binary mode that breaks its schema',
      '{"lines":[{"quantity":0}]}',
      binary({ 'Content-Type': 'application/json', 'ce-type': 'order.placed' }),
      422,
      'invalid-event',
      ['/lines/0/quantity'],
    ],
    ['two megabytes', event({ data: 'x'.repeat(2_097_152) }), structured, 413, 'body-too-large', []],
    [
      'more than a thousand',
      Array.from({ length: 1_001 }, () => event()),
      batch,
      400,
      'invalid-request',
      [''],
    ],
  ])('refuses %s, and appends nothing', async (...[, sent, headers, status, code, pointers]) => {
    const before = await lab.log.head();
    const { body, ...reply } = await post(sent, headers);
    expect({ ...reply, code: body['code'] }).toMatchObject({ status, code });
    const errors = body['errors'] as readonly { pointer: string; message: string }[];
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(pointers.toSorted());
    for (const { pointer, message } of errors) expect(message).toContain(pointer);
    expect(await lab.log.head()).toBe(before);
  });

  it('refuses a batch with very many faults by the first hundred', async () => {
    const { body } = await post(
      Array.from({ length: 1_000 }, () => ({})),
      batch,
    );
    expect(body['errors']).toHaveLength(100);
    expect(body['detail']).toMatch(/; and 3900 more$/);
  });

  it('takes a batch of a thousand', async () => {
    const { status, body } = await post(
      Array.from({ length: 1_000 }, () => event()),
      batch,
    );
    expect(status).toBe(201);
    expect(body['events']).toHaveLength(1_000);
  });

  it('takes the same event from many at once, and keeps it once', async () => {
    const sent = event();
    const replies = await Promise.all(Array.from({ length: 20 }, () => post(sent, structured)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const places = replies.map(
      ({ body }) => (body['events'] as readonly { position: number }[])[0]?.position,
    );
    expect(new Set(places).size).toBe(1);
  });

  it('counts what is new by declared type, and all others as one', async () => {
    const before = await appendedByType();
    const seen = event();
    await post([seen, event({ type: 'a.b' }), event({ type: 'constructor' }), seen], batch);
    await post(seen, structured);
    const now = await appendedByType();
    expect(now.get('order.seen')).toBe((before.get('order.seen') ?? 0) + 1);
    expect(now.get('other')).toBe((before.get('other') ?? 0) + 2);
    expect([...now.keys()].toSorted()).toEqual(['order.placed', 'order.seen', 'other']);
  });
});

async function appendedByType(): Promise<ReadonlyMap<string, number>> {
  const { text } = await lab.api.ask('GET /metrics');
  const lines = text.matchAll(/^baton_events_appended_total\{type="(.*)"\} (\d+)$/gm);
  return new Map([...lines].map(([, type = '', count]) => [type, Number(count)]));
}

describe('an API without a database', () => {
  it('says that it has no log, and has its types', async () => {
    const api = await startApi(sampleDeps());
    for (const request of ['POST /v1/events', 'GET /v1/events', 'GET /v1/events/stream'] as const) {
      expect(await api.ask(request)).toMatchObject({
        status: 501,
        body: { code: 'event-log-off', detail: containing('DATABASE_URL') },
      });
    }
    expect(await api.ask('GET /v1/event-types')).toMatchObject({ status: 200, body: { types: [] } });
    expect((await api.ask('GET /health/ready')).body).toEqual({ status: 'ready', checks: {} });
    await api.listening.close();
  });
});
