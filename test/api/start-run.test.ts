import { randomUUID } from 'node:crypto';

import { Client } from '@temporalio/client';
import { describe, expect, it, vi } from 'vitest';

import { runListSchema, runSchema } from '../../src/api/run-resource.ts';
import { memoKeys } from '../../src/core/attributes.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import type { WakeUp } from '../../src/events/wake-up.ts';
import { containing } from './containing.ts';
import { useParcelApi } from './parcel-lab.ts';
import { startApi, type TestApi } from './sample.ts';

const start = 'POST /v1/processes/parcel/runs';

const { lab, api } = useParcelApi();

describe('starting a run', () => {
  it('answers with the run and where it is', async () => {
    const businessKey = `bk-${randomUUID()}`;
    const reply = await api.ask(start, { body: { input: { weight: 2 }, businessKey } });
    expect(reply).toMatchObject({
      status: 201,
      body: { process: 'parcel', status: 'running', input: { weight: 2 }, businessKey, steps: [] },
    });
    const { id, links } = runSchema.parse(reply.body);
    expect(id).toMatch(/^parcel-[0-9a-f-]{36}$/);
    expect(reply.headers.get('location')).toBe(`/v1/runs/${id}`);
    expect(links).toEqual({
      self: `/v1/runs/${id}`,
      history: `/v1/runs/${id}/history`,
      temporalUi: `http://ui.example/namespaces/default/workflows/${id}`,
    });
    expect(runSchema.parse((await api.ask(`GET /v1/runs/${id}`)).body)).toMatchObject({ id, businessKey });
  });

  it('writes on the run where the event log was, as far as that was told', async () => {
    const wakeUp: WakeUp = {
      head: 41,
      next: () => Promise.resolve(),
      nextChange: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    const other = await startApi(lab.deps({ eventLog: { wakeUp } as EventLog }));
    const memoOf = async (from: TestApi): Promise<unknown> => {
      const { body } = await from.ask(start, { body: { input: { weight: 2 } } });
      return (await lab.environment.client.workflow.getHandle(String(body['id'])).describe()).memo;
    };
    expect(await memoOf(other)).toHaveProperty([memoKeys.logPosition], 41);
    expect(await memoOf(api)).not.toHaveProperty([memoKeys.logPosition]);
    await other.listening.close();
  });

  it('answers with the ended run when asked to wait', async () => {
    const reply = await api.ask(`${start}?wait=30s`, { body: { input: { weight: 7 } } });
    expect(reply).toMatchObject({ status: 201, body: { status: 'completed', output: { sent: 7 } } });
    expect((await api.ask(`GET /v1/runs/${String(reply.body['id'])}`)).body).toEqual(reply.body);
  });

  it('waits on when the run goes on in a new execution, and lists it once', async () => {
    const businessKey = `bk-${randomUUID()}`;
    const reply = await api.ask(`${start}?wait=30s`, {
      body: { input: { weight: 7, until: 'renewed' }, businessKey },
    });
    expect(reply).toMatchObject({
      status: 201,
      body: { status: 'completed', output: { sent: 8 }, businessKey },
    });
    await vi.waitFor(async () => {
      const { runs } = runListSchema.parse((await api.ask(`GET /v1/runs?businessKey=${businessKey}`)).body);
      expect(runs).toMatchObject([{ id: reply.body['id'], status: 'completed' }]);
    }, 10_000);
  });

  it('answers 202 with the running run when waiting ran out', async () => {
    const reply = await api.ask(`${start}?wait=200ms`, {
      body: { input: { weight: 1, until: 'cancelled' } },
    });
    expect(reply).toMatchObject({ status: 202, body: { status: 'running' } });
    expect(reply.headers.get('location')).toBe(`/v1/runs/${String(reply.body['id'])}`);
  });

  it('starts one run for one idempotency key, however many ask at once', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => api.ask(start, { headers, body: { input: { weight: 5 } } })),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(new Set(replies.map(({ body }) => body['id'])).size).toBe(1);
  });

  it('gives the ended run again for the same request, and waits for one that runs', async () => {
    const request = { body: { id: `p-${randomUUID()}`, input: { weight: 4 } } };
    await api.ask(`${start}?wait=30s`, request);
    expect(await api.ask(start, request)).toMatchObject({ status: 200, body: { output: { sent: 4 } } });
    expect(await api.ask(`${start}?wait=30s`, request)).toMatchObject({
      status: 200,
      body: { status: 'completed' },
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['another input', { input: { weight: 5 } }],
    ['another business key', { input: { weight: 4 }, businessKey: 'other' }],
  ])('refuses %s under a known id, and says what to do', async (_name, other) => {
    const id = `p-${randomUUID()}`;
    await api.ask(start, { body: { id, input: { weight: 4 } } });
    expect(await api.ask(start, { body: { id, ...other } })).toMatchObject({
      status: 409,
      body: {
        code: 'run-exists',
        run: `/v1/runs/${id}`,
        detail: containing('choose another id or Idempotency-Key'),
      },
    });
  });

  it('keeps the trace context of the request with the run, and a summary for the Web UI', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { body } = await api.ask(start, {
      headers: { traceparent },
      body: { input: { weight: 1 }, businessKey: '4711' },
    });
    const description = await lab.environment.client.workflow.getHandle(String(body['id'])).describe();
    expect(description.memo).toMatchObject({ 'baton.traceparent': traceparent });
    expect(await description.staticSummary()).toBe('Parcel · 4711');
  });

  it('hands the run to a worker on the same connection when it may', async () => {
    const { nativeConnection } = lab.environment;
    const client = new Client({ connection: nativeConnection });
    const eager = await startApi(lab.deps({ client, eagerStart: true }));
    const { status, body } = await eager.ask(`${start}?wait=30s`, { body: { input: { weight: 9 } } });
    expect({ status, body }).toMatchObject({ status: 201, body: { output: { sent: 9 } } });
    const [first] = await lab.deps().readHistory(String(body['id']));
    expect(first?.workflowExecutionStartedEventAttributes?.eagerExecutionAccepted).toBe(true);
    await eager.listening.close();
  });
});

describe('a start that is wrong', () => {
  const long = 'x'.repeat(201);
  const bad: [string, unknown, number, string, string[]][] = [
    ['no body', undefined, 400, 'invalid-request', ['']],
    ['broken JSON', '{"input":{"weight":1}', 400, 'malformed-json', ['']],
    ['a body that is no object', '5', 400, 'invalid-request', ['']],
    ['no input', {}, 400, 'invalid-request', ['/input']],
    ['an unknown field', { input: { weight: 1 }, colour: 'red' }, 400, 'invalid-request', ['/colour']],
    ['an id that is no text', { input: { weight: 1 }, id: 5 }, 400, 'invalid-request', ['/id']],
    ['an empty id', { input: { weight: 1 }, id: '' }, 400, 'invalid-request', ['/id']],
    ['an id with a slash', { input: { weight: 1 }, id: 'a/b' }, 400, 'invalid-request', ['/id']],
    ['an id too long', { input: { weight: 1 }, id: long }, 400, 'invalid-request', ['/id']],
    [
      'a business key too long',
      { input: { weight: 1 }, businessKey: long },
      400,
      'invalid-request',
      ['/businessKey'],
    ],
    [
      'a quote in the key',
      { input: { weight: 1 }, businessKey: "'" },
      400,
      'invalid-request',
      ['/businessKey'],
    ],
    ['a version that is not', { input: { weight: 1 }, version: '9' }, 400, 'invalid-request', ['/version']],
    ['a null input', { input: null }, 422, 'invalid-input', ['/input']],
    ['a field missing', { input: {} }, 422, 'invalid-input', ['/input/weight']],
    ['a wrong type', { input: { weight: 'heavy' } }, 422, 'invalid-input', ['/input/weight']],
    ['a number out of range', { input: { weight: 0 } }, 422, 'invalid-input', ['/input/weight']],
    ['a word not in the list', { input: { weight: 1, until: 'x' } }, 422, 'invalid-input', ['/input/until']],
    ['a field too many', { input: { weight: 1, size: 2 } }, 422, 'invalid-input', ['/input/size']],
    [
      'all of it',
      { input: { size: 2 }, id: '' },
      400,
      'invalid-request',
      ['/id', '/input/size', '/input/weight'],
    ],
    ['a number too large', '{"input":{"weight":1e999}}', 400, 'invalid-request', ['/input/weight']],
    ['a polluting key', '{"input":{"__proto__":{}}}', 400, 'invalid-request', ['/input/__proto__']],
    ['a body too large', { input: { weight: 1, note: 'x'.repeat(20_000) } }, 413, 'body-too-large', []],
  ];

  it.each(bad)('is refused at its place: %s', async (...[, body, status, code, pointers]) => {
    const reply = await api.ask(start, { headers: { 'Content-Type': 'application/json' }, body });
    expect({ status: reply.status, code: reply.body['code'] }).toEqual({ status, code });
    const errors = reply.body['errors'] as { pointer: string }[];
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(pointers);
  });

  it('starts nothing', async () => {
    const quiet = await startApi(lab.deps({ taskQueue: `quiet-${randomUUID()}` }));
    for (const [, body] of bad) await quiet.ask(start, { body });
    const { body } = await quiet.ask(start, { body: { input: { weight: 1 } } });
    await vi.waitFor(async () => {
      expect((await quiet.ask('GET /v1/runs')).body['runs']).toMatchObject([{ id: body['id'] }]);
    }, 10_000);
    await quiet.listening.close();
  });
});

describe('an API that stops', () => {
  it('answers a start that waits with the running run, then takes nothing more', async () => {
    const stopping = await startApi(lab.deps(), 30_000);
    const id = `p-${randomUUID()}`;
    const waiting = stopping.ask(`${start}?wait=60s`, {
      body: { id, input: { weight: 1, until: 'cancelled' } },
    });
    await vi.waitFor(async () => {
      expect((await api.ask(`GET /v1/runs/${id}`)).status).toBe(200);
    }, 10_000);
    await stopping.listening.close();
    expect(await waiting).toMatchObject({ status: 202, body: { id, status: 'running' } });
    await expect(stopping.ask('GET /health/live')).rejects.toThrow('fetch failed');
  });

  it('does not wait on for a client that has gone', async () => {
    const left = await startApi(lab.deps(), 30_000);
    const gone = new AbortController();
    const id = `p-${randomUUID()}`;
    const waiting = left.ask(`${start}?wait=60s`, {
      body: { id, input: { weight: 1, until: 'cancelled' } },
      signal: gone.signal,
    });
    await vi.waitFor(async () => {
      expect((await api.ask(`GET /v1/runs/${id}`)).status).toBe(200);
    }, 10_000);
    gone.abort();
    await expect(waiting).rejects.toThrow('aborted');
    await vi.waitFor(async () => {
      expect((await left.ask('GET /metrics')).text).toContain('status="disconnected"} 1');
    }, 10_000);
    await left.listening.close();
  });
});
