import { randomUUID } from 'node:crypto';

import { Worker } from '@temporalio/worker';
import { describe, expect, it, vi } from 'vitest';

import { runListSchema } from '../../src/api/run-resource.ts';
import { containing } from './containing.ts';
import { useParcelApi } from './parcel-lab.ts';
import { startApi } from './sample.ts';

const start = 'POST /v1/processes/parcel/runs';

const { lab, api } = useParcelApi();

/** Starts a run that waits and goes on when it waits. */
async function startWaiting(until: 'approval' | 'stuck' | 'stuck twice' | 'cancelled'): Promise<string> {
  const { body } = await api.ask(start, { body: { input: { weight: 1, until } } });
  const id = String(body['id']);
  const isThere = until.startsWith('stuck')
    ? { status: 'stuck' }
    : { steps: until === 'approval' ? [{}] : [] };
  await vi.waitFor(async () => {
    expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject(isThere);
  }, 10_000);
  return id;
}

describe('the list of runs', () => {
  it('finds by business key, process, status and start, page by page', async () => {
    const businessKey = `key ${randomUUID()} %_ü`;
    const since = new Date(Date.now() - 60_000).toISOString();
    for (const weight of [1, 2, 3]) {
      await api.ask(`${start}?wait=30s`, { body: { input: { weight }, businessKey } });
    }
    const key = encodeURIComponent(businessKey);
    const query = `businessKey=${key}&process=parcel&status=completed&startedAfter=${since}&pageSize=2`;
    await vi.waitFor(async () => {
      const first = runListSchema.parse((await api.ask(`GET /v1/runs?${query}`)).body);
      const token = String(first.nextPageToken);
      const second = runListSchema.parse((await api.ask(`GET /v1/runs?${query}&pageToken=${token}`)).body);
      const runs = [...first.runs, ...second.runs];
      expect(new Set(runs.map(({ id }) => id)).size).toBe(3);
      for (const run of runs)
        expect(run).toMatchObject({ businessKey, process: 'parcel', status: 'completed' });
    }, 10_000);
    expect((await api.ask(`GET /v1/runs?businessKey=${key}&status=failed`)).body).toEqual({
      runs: [],
      nextPageToken: null,
    });
  });

  it('shows stuck runs as such', async () => {
    const id = await startWaiting('stuck');
    await vi.waitFor(async () => {
      const { runs } = runListSchema.parse((await api.ask('GET /v1/runs?status=stuck&pageSize=100')).body);
      expect(runs).toContainEqual(expect.objectContaining({ id, status: 'stuck' }));
    }, 10_000);
    const { runs } = runListSchema.parse((await api.ask('GET /v1/runs?status=running&pageSize=100')).body);
    expect(runs.map((run) => run.id)).not.toContain(id);
  });

  it('refuses a page token of another query', async () => {
    const reply = await api.ask('GET /v1/runs?pageToken=AAAA');
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ pointer: '?pageToken' }] } });
  });
});

describe('the history of a run', () => {
  it('can be replayed', async () => {
    const { body } = await api.ask(`${start}?wait=30s`, { body: { input: { weight: 6 } } });
    const { text, headers } = await api.ask(`GET /v1/runs/${String(body['id'])}/history`);
    expect(headers.get('content-type')).toContain('application/json');
    expect(text).toContain('"EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED"');
    await Worker.runReplayHistory({ workflowBundle: lab.bundle }, JSON.parse(text), String(body['id']));
  });

  it.each(['', '/history'])('is not there for a run that never was: /v1/runs/nope%s', async (rest) => {
    expect(await api.ask(`GET /v1/runs/nope${rest}`)).toMatchObject({
      status: 404,
      body: { code: 'run-not-found' },
    });
  });
});

describe('the catalogue of processes', () => {
  it('counts the runs of a process by status', async () => {
    const counts = async (): Promise<Record<string, number>> =>
      (await api.ask('GET /v1/processes/parcel')).body['counts'] as Record<string, number>;
    const before = await counts();
    await startWaiting('stuck');
    const waiting = await startWaiting('cancelled');
    await api.ask(`${start}?wait=30s`, { body: { input: { weight: 1 } } });
    await api.ask(`POST /v1/runs/${await startWaiting('cancelled')}/terminate`);
    await vi.waitFor(async () => {
      const now = await counts();
      const added = Object.keys(now).map((status) => [status, (now[status] ?? 0) - (before[status] ?? 0)]);
      expect(Object.fromEntries(added)).toEqual({
        ...{ running: 1, stuck: 1, paused: 0, completed: 1, failed: 0 },
        ...{ cancelled: 0, terminated: 1, 'timed-out': 0 },
      });
    }, 10_000);
    await api.ask(`POST /v1/runs/${waiting}/terminate`);
  });
});

describe('a decision', () => {
  it('is taken once, however often the same request comes, and ends the run', async () => {
    const id = await startWaiting('approval');
    const request = { headers: { 'Idempotency-Key': randomUUID() }, body: { approved: true } };
    const first = await api.ask(`POST /v1/runs/${id}/signals/approval`, request);
    expect(first).toMatchObject({
      status: 200,
      body: { runId: id, signal: 'approval', outcome: { approved: true } },
    });
    await vi.waitFor(async () => {
      expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject({ output: { approved: true } });
    }, 10_000);
    expect(await api.ask(`POST /v1/runs/${id}/signals/approval`, request)).toMatchObject({
      status: 200,
      body: first.body,
    });
    expect(
      await api.ask(`POST /v1/runs/${id}/signals/approval`, { body: { approved: false } }),
    ).toMatchObject({
      status: 409,
      body: { code: 'run-closed' },
    });
  });

  it.each<[string, string, unknown, number, string, string[]]>([
    ['unknown', 'nope', { approved: true }, 404, 'signal-not-found', ['{signal}']],
    ['inherited', 'constructor', { approved: true }, 404, 'signal-not-found', ['{signal}']],
    ['without a body', 'approval', undefined, 400, 'invalid-request', ['']],
    ['with a wrong body', 'approval', { approved: 'yes', by: 1 }, 422, 'invalid-input', ['/approved', '/by']],
    ['not waited for', 'approval', { approved: true }, 409, 'run-not-waiting', []],
  ])('is refused when it is %s', async (...[, signal, body, status, code, pointers]) => {
    const id = await startWaiting('cancelled');
    const reply = await api.ask(`POST /v1/runs/${id}/signals/${signal}`, { body });
    expect({ status: reply.status, code: reply.body['code'] }).toEqual({ status, code });
    const errors = reply.body['errors'] as { pointer: string }[];
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(pointers);
  });

  it('says that no worker is there to take it, and takes it once when one is back', async () => {
    const taskQueue = `quiet-${randomUUID()}`;
    const quiet = await startApi(lab.deps({ taskQueue }));
    const { body } = await quiet.ask(start, { body: { input: { weight: 1, until: 'approval' } } });
    const signal = `POST /v1/runs/${String(body['id'])}/signals/approval` as const;
    const request = { headers: { 'Idempotency-Key': randomUUID() }, body: { approved: true } };
    const reply = await quiet.ask(signal, request);
    expect(reply).toMatchObject({ status: 503, body: { code: 'no-worker' } });
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    const worker = await Worker.create({
      connection: lab.environment.nativeConnection,
      taskQueue,
      workflowBundle: lab.bundle,
    });
    await worker.runUntil(async () => {
      expect(await quiet.ask(signal, request)).toMatchObject({
        status: 200,
        body: { outcome: { approved: true } },
      });
    });
    await quiet.listening.close();
  });
});

describe('steering', () => {
  it('settles a stuck step, once for one key', async () => {
    const id = await startWaiting('stuck');
    const request = { headers: { 'Idempotency-Key': randomUUID() } };
    const first = await api.ask(`POST /v1/runs/${id}/retry`, request);
    expect(first).toMatchObject({ status: 200, body: { runId: id, action: 'retry', outcome: ['send'] } });
    expect((await api.ask(`POST /v1/runs/${id}/retry`, request)).body).toEqual(first.body);
    await vi.waitFor(async () => {
      expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject({
        status: 'completed',
        output: 'retry',
      });
    }, 10_000);
  });

  it('refuses a key that came with another message', async () => {
    const id = await startWaiting('stuck twice');
    const headers = { 'Idempotency-Key': randomUUID() };
    expect(await api.ask(`POST /v1/runs/${id}/retry`, { headers })).toMatchObject({ status: 200 });
    for (const [action, body] of [
      ['give-up', undefined],
      ['retry', { step: 'send' }],
    ] as const) {
      expect(await api.ask(`POST /v1/runs/${id}/${action}`, { headers, body })).toMatchObject({
        status: 409,
        body: { code: 'key-reused' },
      });
    }
  });

  it('settles the step that is named, and no other', async () => {
    const id = await startWaiting('stuck');
    expect(await api.ask(`POST /v1/runs/${id}/retry`, { body: { step: 'pack' } })).toMatchObject({
      status: 409,
      body: { code: 'run-not-waiting', detail: containing('"pack" is not stuck; send is') },
    });
    expect(await api.ask(`POST /v1/runs/${id}/retry`, { body: { step: 'send' } })).toMatchObject({
      status: 200,
      body: { outcome: ['send'] },
    });
  });

  it('refuses an action that does not fit', async () => {
    const id = await startWaiting('stuck');
    expect(await api.ask(`POST /v1/runs/${id}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'run-not-waiting', detail: containing('retry or give-up') },
    });
    expect(await api.ask(`POST /v1/runs/${id}/retry`, { body: { now: true } })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/now' }] },
    });
  });

  it('cancels a run that is open, and only such', async () => {
    const id = await startWaiting('cancelled');
    const request = { headers: { 'Idempotency-Key': randomUUID() } };
    expect(await api.ask(`POST /v1/runs/${id}/cancel`, request)).toMatchObject({ status: 202, body: { id } });
    await vi.waitFor(async () => {
      expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject({ status: 'cancelled' });
    }, 10_000);
    expect(await api.ask(`POST /v1/runs/${id}/cancel`, request)).toMatchObject({ status: 202 });
    expect(await api.ask(`POST /v1/runs/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'run-closed' },
    });
    expect(await api.ask(`POST /v1/runs/${id}/terminate`, request)).toMatchObject({
      status: 409,
      body: { code: 'run-closed' },
    });
  });

  it('terminates a run and says that nothing is undone', async () => {
    const id = await startWaiting('cancelled');
    expect(await api.ask(`POST /v1/runs/${id}/terminate`, { body: { reason: 'a test' } })).toMatchObject({
      status: 202,
      body: { status: 'terminated', notice: containing('no undo') },
    });
    expect(await api.ask(`POST /v1/runs/${id}/terminate`)).toMatchObject({
      status: 409,
      body: { code: 'run-closed' },
    });
  });

  it.each(['retry', 'cancel', 'terminate', 'signals/approval'])('finds no run to %s', async (action) => {
    const reply = await api.ask(`POST /v1/runs/nope/${action}`, action.includes('/') ? { body: {} } : {});
    expect(reply).toMatchObject({ status: 404, body: { code: 'run-not-found' } });
  });
});
