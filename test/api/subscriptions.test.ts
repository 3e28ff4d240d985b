import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Deliverer } from '../../src/cli/start-deliverer.ts';
import type { Correlation } from '../../src/correlations/correlation.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import { type LogLab, openLogLab, sampleEvent } from '../events/lab.ts';
import { startTestDeliverer } from '../support/deliverer.ts';
import { createSink, type Sink } from '../support/sink.ts';
import { sampleDeps, startApi, type TestApi } from './sample.ts';

let lab: LogLab;
let log: EventLog;
let api: TestApi;
let deliverer: Deliverer;
let sink: Sink;

beforeAll(async () => {
  lab = await openLogLab();
  log = await lab.open();
  sink = await createSink();
  const deps = sampleDeps({ eventLog: log });
  api = await startApi(deps);
  deliverer = await startTestDeliverer(log, deps.project);
});

afterAll(async () => {
  await deliverer.stop();
  await api.listening.close();
  await sink.close();
  await lab.close();
});

const soon = { timeout: 20_000, interval: 50 };

/** A request for a subscription of its own to events of its own. */
function wanted(): { readonly name: string; readonly type: string; readonly body: Record<string, unknown> } {
  const name = `s-${randomUUID()}`;
  const type = `test.${name}`;
  return {
    name,
    type,
    body: { name, filter: { types: [type] }, target: { http: { url: `${sink.url}/${name}` } } },
  };
}

describe('a subscription', () => {
  it('is made once; the same again is the same, another one under its name is refused', async () => {
    const { name, body } = wanted();
    const made = await api.ask('POST /v1/subscriptions', { body });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/v1/subscriptions/${name}`);
    expect(made.body).toMatchObject({
      ...body,
      status: 'active',
      lag: 0,
      open: { retrying: 0, waiting: 0, parked: 0 },
    });
    expect((await api.ask('POST /v1/subscriptions', { body })).status).toBe(200);
    const other = await api.ask('POST /v1/subscriptions', { body: { ...body, filter: {} } });
    expect(other).toMatchObject({ status: 409, body: { code: 'subscription-exists' } });
    const listed = await api.ask('GET /v1/subscriptions');
    expect(listed.body['subscriptions']).toContainEqual(made.body);
    await api.ask(`DELETE /v1/subscriptions/${name}`);
  });

  it('gets its events, signed where it asks for that, and no more once it is deleted', async () => {
    const { name, type, body } = wanted();
    const target = { http: { url: `${sink.url}/${name}`, secret: 'SINK_KEY' } };
    await api.ask('POST /v1/subscriptions', { body: { ...body, target } });
    await log.append([sampleEvent({ type, subject: 'a', data: { n: 1 } }), sampleEvent({ type: 'other' })]);
    await expect.poll(() => sink.got(name).length, soon).toBe(1);
    const [got] = sink.got(name);
    expect(got?.body).toBe('{"n":1}');
    expect(got?.headers).toMatchObject({
      'ce-type': type,
      'ce-subject': 'a',
      'content-type': 'application/json',
    });
    expect(got?.headers['signature-input']).toContain(`keyid="${name}"`);
    const ended = await api.ask(`DELETE /v1/subscriptions/${name}`);
    expect(ended).toMatchObject({ status: 200, body: { name } });
    expect(await api.ask(`GET /v1/subscriptions/${name}`)).toMatchObject({
      status: 404,
      body: { code: 'subscription-not-found' },
    });
  });

  it('shows the events that failed with the reason, and tries them again at a word', async () => {
    const { name, type, body } = wanted();
    sink.answer = (path) =>
      path === `/${name}` ? { status: 422, body: 'no such customer' } : { status: 200 };
    await api.ask('POST /v1/subscriptions', { body });
    await log.append([
      sampleEvent({ type, subject: 'a', id: `${name}-1` }),
      sampleEvent({ type, subject: 'a' }),
    ]);
    await expect
      .poll(async () => (await api.ask(`GET /v1/subscriptions/${name}`)).body['open'], soon)
      .toEqual({ retrying: 0, waiting: 1, parked: 1 });
    const open = await api.ask(`GET /v1/subscriptions/${name}/deliveries?state=parked`);
    expect(open.body['deliveries']).toEqual([
      expect.objectContaining({
        state: 'parked',
        attempts: 1,
        event: expect.objectContaining({ id: `${name}-1` }) as unknown,
        error: { message: 'the sink answered 422', status: 422, body: 'no such customer' },
      }),
    ]);
    sink.answer = () => ({ status: 200 });
    const settled = await api.ask(`POST /v1/subscriptions/${name}/deliveries`, { body: { action: 'retry' } });
    expect(settled).toMatchObject({ status: 200, body: { settled: 1 } });
    // The refused attempt, the one that was asked for, and the one behind it.
    await expect.poll(() => sink.got(name).length, soon).toBe(3);
    expect(
      await api.ask(`POST /v1/subscriptions/${name}/deliveries`, { body: { action: 'skip' } }),
    ).toMatchObject({
      status: 409,
      body: { code: 'nothing-parked' },
    });
    await api.ask(`DELETE /v1/subscriptions/${name}`);
  });

  it('has the picture of a case say what it could not deliver', async () => {
    const { name, type, body } = wanted();
    sink.answer = (path) => (path === `/${name}` ? { status: 422 } : { status: 200 });
    await api.ask('POST /v1/subscriptions', { body });
    await log.append([
      sampleEvent({ type, subject: name, id: 'refused' }),
      sampleEvent({ type, subject: name, id: 'behind it' }),
    ]);
    const picture = async (): Promise<Correlation> =>
      (await api.ask(`GET /v1/correlations/${name}`)).body as unknown as Correlation;
    await expect.poll(async () => (await picture()).deliveries.length, soon).toBe(2);
    const { nodes, deliveries } = await picture();
    expect(nodes.map(({ status }) => status)).toEqual(['parked', null]);
    expect(deliveries).toEqual([
      {
        ...{ subscription: name, position: nodes[0]?.position, state: 'parked', attempts: 1 },
        ...{ nextAttemptAt: null, error: { message: 'the sink answered 422', status: 422 } },
      },
      {
        ...{ subscription: name, position: nodes[1]?.position, state: 'waiting', attempts: 0 },
        ...{ nextAttemptAt: null, error: null },
      },
    ]);
    sink.answer = () => ({ status: 200 });
    await api.ask(`POST /v1/subscriptions/${name}/deliveries`, { body: { action: 'retry' } });
    await expect.poll(async () => (await picture()).deliveries, soon).toEqual([]);
    expect((await picture()).nodes.map(({ status }) => status)).toEqual([null, null]);
    await api.ask(`DELETE /v1/subscriptions/${name}`);
  });

  it('begins where it is asked to, is held, and is delivered again from a time or a position on', async () => {
    const { name, type, body } = wanted();
    const [, second] = await log.append([1, 2, 3].map((n) => sampleEvent({ type, data: n })));
    const bodies = (): string[] =>
      sink
        .got(name)
        .map(({ body: text }) => text)
        .toSorted();
    await api.ask('POST /v1/subscriptions', { body: { ...body, startAt: 'beginning' } });
    await expect.poll(bodies, soon).toEqual(['1', '2', '3']);
    await expect.poll(async () => (await api.ask(`GET /v1/subscriptions/${name}`)).body['lag'], soon).toBe(0);
    expect((await api.ask(`POST /v1/subscriptions/${name}/pause`)).body).toMatchObject({ status: 'paused' });
    const replayed = await api.ask(`POST /v1/subscriptions/${name}/replay`, {
      body: { from: '2020-01-01T00:00:00Z' },
    });
    expect(replayed.body).toMatchObject({ status: 'paused', position: 0 });
    expect((await api.ask(`POST /v1/subscriptions/${name}/resume`)).body).toMatchObject({ status: 'active' });
    await expect.poll(bodies, soon).toEqual(['1', '1', '2', '2', '3', '3']);
    await api.ask(`POST /v1/subscriptions/${name}/replay`, { body: { from: second?.position } });
    await expect.poll(bodies, soon).toEqual(['1', '1', '2', '2', '2', '3', '3', '3']);
    await api.ask(`DELETE /v1/subscriptions/${name}`);
  });
});

describe('a subscription that starts a process', () => {
  it('waits for Temporal, and says so', async () => {
    const { name, type, body } = wanted();
    await api.ask('POST /v1/subscriptions', { body: { ...body, target: { process: { name: 'parcel' } } } });
    await log.append([
      sampleEvent({ type, data: { weight: 3 } }),
      sampleEvent({ type, data: { weight: 0 } }),
    ]);
    await expect
      .poll(async () => (await api.ask(`GET /v1/subscriptions/${name}/deliveries`)).body['deliveries'], soon)
      .toEqual([
        expect.objectContaining({
          state: 'retrying',
          error: { message: expect.stringContaining('Temporal') as string },
        }),
        expect.objectContaining({
          state: 'parked',
          error: { message: expect.stringContaining('/input/weight') as string },
        }),
      ]);
    await api.ask(`DELETE /v1/subscriptions/${name}`);
  });
});

const least = { name: 'least', target: { http: { url: 'http://127.0.0.1:1/' } } };
const bad: [string, unknown, string[]][] = [
  ['nothing', {}, ['/target', '/name']],
  ['a name with a space', { ...least, name: 'a b' }, ['/name']],
  ['an unknown field', { ...least, filters: {} }, ['/filters']],
  ['no type in the list', { ...least, filter: { types: [] } }, ['/filter/types']],
  [
    'an attribute in capitals',
    { ...least, filter: { attributes: { orderId: '1' } } },
    ['/filter/attributes/orderId'],
  ],
  ['two targets', { ...least, target: { ...least.target, process: { name: 'parcel' } } }, ['/target']],
  ['a file as URL', { ...least, target: { http: { url: 'file:///etc/passwd' } } }, ['/target/http/url']],
  [
    'an unknown service',
    { ...least, target: { service: { name: 'no', path: '/' } } },
    ['/target/service/name'],
  ],
  ['an unknown process', { ...least, target: { process: { name: 'parcle' } } }, ['/target/process/name']],
  ['a start that is none', { ...least, startAt: 'soon' }, ['/startAt']],
  ['no attempts', { ...least, retry: { maximumAttempts: 0 } }, ['/retry/maximumAttempts']],
];

describe('a request for a subscription', () => {
  it.each(bad)('with %s is refused', async (...[, body, pointers]) => {
    const { status, body: problem } = await api.ask('POST /v1/subscriptions', { body });
    expect({ status, code: problem['code'] }).toEqual({ status: 400, code: 'invalid-request' });
    const errors = problem['errors'] as { pointer: string }[];
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(pointers.toSorted());
  });

  it('finds no log where none is configured', async () => {
    const bare = await startApi(sampleDeps());
    expect(await bare.ask('GET /v1/subscriptions')).toMatchObject({
      status: 501,
      body: { code: 'event-log-off' },
    });
    await bare.listening.close();
  });
});
