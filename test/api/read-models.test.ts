import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RunningConsumers } from '../../src/events/consumers/run-consumers.ts';
import { registerReadModels } from '../../src/events/read-models/register-read-models.ts';
import { type ModelLab, soon, useModelLab } from '../events/read-models/model-lab.ts';
import { orderModel, paid, placed } from '../events/read-models/order-model.ts';
import { sampleDeps, startApi, type TestApi } from './sample.ts';

const postgres = useModelLab();
let lab: ModelLab;
let api: TestApi;
let deliverer: RunningConsumers;

const kept = orderModel({
  name: 'kept',
  on: { kept: (_: unknown, event: { data: unknown }) => event.data },
  indexes: ['status', 'count', 'a/b'],
});

beforeAll(async () => {
  lab = await postgres.open();
  api = await startApi(sampleDeps({ eventLog: lab.log }));
  const kinds = ['a', 'b', 'a\u0000', 'x'.repeat(3_000), 'ü&='];
  await lab.log.append([
    ...['o-1', 'o-2', 'o-3', 'o/4', 'ü 5'].map((subject, number) => placed(subject, number)),
    ...['o-2', 'o/4'].map(paid),
    ...kinds.map((status, count) => ({
      ...placed(`k-${count}`),
      type: 'kept',
      data: { status, count, 'a/b': count < 2 },
    })),
  ]);
  deliverer = await lab.deliver(orderModel(), kept);
  await lab.isAtTheEnd();
  await lab.isAtTheEnd('kept');
});
afterAll(() => api.listening.close());

const keysOf = (body: Record<string, unknown>): readonly string[] =>
  (body['rows'] as readonly { key: string }[]).map(({ key }) => key);

describe('GET /v1/read-models', () => {
  it('lists them with how far they are', async () => {
    const { status, body } = await api.ask('GET /v1/read-models');
    expect(status).toBe(200);
    const head = await lab.log.head();
    const [first, second] = body['readModels'] as readonly unknown[];
    expect(first).toMatchObject({ name: 'kept', indexes: ['status', 'count', 'a/b'] });
    expect(second).toEqual({
      ...{ name: 'orders', title: 'Orders', version: 1, status: 'live', position: head, lag: 0 },
      ...{ failure: null, indexes: ['status'], next: null },
      links: { self: '/v1/read-models/orders', rows: '/v1/read-models/orders/rows' },
    });
    expect((await api.ask('GET /v1/read-models/orders')).body).toEqual(second);
  });
});

describe('GET /v1/read-models/{name}/rows/{key}', () => {
  it.each(['o-1', 'o/4', 'ü 5'])('gives the row of %s, with the position that it stands at', async (key) => {
    const { status, body } = await api.ask(`GET /v1/read-models/orders/rows/${encodeURIComponent(key)}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      key,
      row: expect.objectContaining({ status: key === 'o/4' ? 'paid' : 'placed' }) as object,
      lastChange: expect.any(Number) as number,
      position: await lab.log.head(),
    });
  });

  it('says where there is none, and up to which position that is so', async () => {
    const { status, body } = await api.ask('GET /v1/read-models/orders/rows/nothing');
    expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'read-model-row-not-found' });
    expect(body['position']).toBe(await lab.log.head());
  });

  it('waits for a position, so that a client reads what it wrote', async () => {
    for (let number = 0; number < 10; number += 1) {
      const key = `own-${number}`;
      const [appended] = await lab.log.append([placed(key)]);
      const atLeast = appended?.position ?? 0;
      const { status, body } = await api.ask(`GET /v1/read-models/orders/rows/${key}?atLeast=${atLeast}`);
      expect({ status, changed: body['lastChange'] }).toEqual({ status: 200, changed: atLeast });
    }
  });

  it('says so where the model does not come that far in time', async () => {
    const head = await lab.log.head();
    const { status, body, headers } = await api.ask(
      `GET /v1/read-models/orders/rows/o-1?atLeast=${head + 1}`,
    );
    expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'read-model-behind' });
    expect(body['position']).toBe(head);
    expect(headers.get('Retry-After')).not.toBeNull();
  });
});

describe('GET /v1/read-models/{name}/rows', () => {
  it('pages by key', async () => {
    const seen: string[] = [];
    let query = '?limit=2';
    for (;;) {
      const { body } = await api.ask(`GET /v1/read-models/kept/rows${query}`);
      seen.push(...keysOf(body));
      expect(body['position']).toBe(await lab.log.head());
      if (body['next'] === null) break;
      query = `?limit=2&after=${encodeURIComponent(body['next'] as string)}`;
    }
    expect(seen).toEqual(['k-0', 'k-1', 'k-2', 'k-3', 'k-4']);
  });

  it.each([
    ['orders', 'status=paid', ['o-2', 'o/4']],
    ['orders', 'status=paid&after=o-2', ['o/4']],
    ['orders', 'status=never', []],
    ['kept', 'status=a', ['k-0']],
    ['kept', 'status=a%00', ['k-2']],
    ['kept', 'status=%C3%BC%26%3D', ['k-4']],
    ['kept', 'count=3', ['k-3']],
    ['kept', 'a/b=true', ['k-0', 'k-1']],
    ['kept', 'a/b=true&count=1', ['k-1']],
    ['kept', 'a/b=true&limit=1', ['k-0']],
  ])('lists %s by %s', async (name, query, keys) => {
    const { status, body } = await api.ask(`GET /v1/read-models/${name}/rows?${query}`);
    expect({ status, keys: keysOf(body) }).toEqual({ status: 200, keys });
  });
});

describe('a member with a long text', () => {
  it.each([
    [3_000, ['k-3']],
    [2_999, []],
  ])('is found by %i characters as by few', async (length, keys) => {
    const { body } = await api.ask(`GET /v1/read-models/kept/rows?status=${'x'.repeat(length)}`);
    expect(keysOf(body)).toEqual(keys);
  });
});

describe('a wrong request', () => {
  it.each([
    ['GET /v1/read-models/nothing', '404 read-model-not-found', []],
    ['GET /v1/read-models/nothing/rows', '404 read-model-not-found', []],
    ['GET /v1/read-models/nothing/rows/o-1', '404 read-model-not-found', []],
    ['POST /v1/read-models/nothing/rebuild', '404 read-model-not-found', []],
    ['GET /v1/read-models/orders/rebuild', '405 method-not-allowed', []],
    ['GET /v1/read-models/orders/rows?total=1', '400 invalid-request', ['?total']],
    ['GET /v1/read-models/orders/rows?status=a&status=b', '400 invalid-request', ['?status']],
    ['GET /v1/read-models/orders/rows?limit=0&atLeast=x', '400 invalid-request', ['?limit', '?atLeast']],
    ['GET /v1/read-models/orders/rows?limit=1001', '400 invalid-request', ['?limit']],
    ['GET /v1/read-models/orders/rows?after=', '400 invalid-request', ['?after']],
    ['GET /v1/read-models/orders/rows/a%00', '400 invalid-request', ['{key}']],
    ['GET /v1/read-models/orders/rows/o-1?atLeast=-1', '400 invalid-request', ['?atLeast']],
    ['GET /v1/read-models/orders/rows/o-1?status=paid', '400 invalid-request', ['?status']],
  ] as const)('%s is answered with %s', async (request, problem, pointers) => {
    const { body, ...answer } = await api.ask(request);
    expect(`${answer.status} ${body['code'] as string}`).toBe(problem);
    expect((body['errors'] as readonly { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(
      pointers,
    );
  });

  it('that asks by a member without an index is told which there are', async () => {
    const { body } = await api.ask('GET /v1/read-models/kept/rows?total=1');
    expect(body['detail']).toMatch(/its indexes are status, count, a\/b$/);
  });

  it('to a process without an event log is told so', async () => {
    const without = await startApi(sampleDeps());
    try {
      const { status, body } = await without.ask('GET /v1/read-models');
      expect({ status, code: body['code'] }).toEqual({ status: 501, code: 'event-log-off' });
    } finally {
      await without.listening.close();
    }
  });
});

describe('POST /v1/read-models/{name}/rebuild', () => {
  it('begins a rebuild, shows how far it is, and takes no second one meanwhile', async () => {
    await lab.stop(deliverer);
    const { status, body } = await api.ask('POST /v1/read-models/orders/rebuild', { body: {} });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'live',
      next: { version: 1, status: 'running', position: 0, lag: await lab.log.head(), failure: null },
    });
    const second = await api.ask('POST /v1/read-models/orders/rebuild');
    expect(second).toMatchObject({ status: 409, body: { code: 'read-model-rebuilding' } });
    expect((await api.ask('GET /v1/read-models/orders/rows?status=paid')).status).toBe(200);
    deliverer = await lab.deliver(orderModel(), kept);
    await expect
      .poll(async () => (await api.ask('GET /v1/read-models/orders')).body['next'], soon)
      .toBeNull();
  });
});

describe('a read model that is not built yet', () => {
  it('shows no row before it is, and says how far it is', async () => {
    await registerReadModels(lab.log.database, [orderModel({ name: 'later' })]);
    const head = await lab.log.head();
    expect((await api.ask('GET /v1/read-models/later')).body).toMatchObject({
      ...{ status: 'building', position: 0, lag: head, next: null },
    });
    for (const path of ['rows', 'rows/o-1'] as const) {
      const { status, body } = await api.ask(`GET /v1/read-models/later/${path}`);
      expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'read-model-building' });
      expect(body).toMatchObject({ position: 0, lag: head });
    }
  });
});

describe('a read model whose code has failed', () => {
  it('shows where and why, and is not waited for', async () => {
    const broken = orderModel({
      name: 'broken',
      on: {
        'order.placed': (_: unknown, { subject }: { subject: string }) => {
          if (subject === 'bad') throw new Error('sic');
          return {};
        },
      },
    });
    const filling = await lab.deliver(broken);
    await lab.isAtTheEnd('broken');
    const [appended] = await lab.log.append([placed('bad')]);
    const atLeast = appended?.position ?? 0;
    await expect
      .poll(async () => (await api.ask('GET /v1/read-models/broken')).body, soon)
      .toMatchObject({
        status: 'failed',
        failure: { position: atLeast, type: 'order.placed', message: 'Error: sic' },
      });
    const began = performance.now();
    const { status, body } = await api.ask(`GET /v1/read-models/broken/rows?atLeast=${atLeast}`);
    expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'read-model-behind' });
    expect(body['detail']).toMatch(/stands still: Error: sic/);
    expect(performance.now() - began).toBeLessThan(4_000);
    await lab.stop(filling);
  });
});
