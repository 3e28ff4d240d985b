import { randomUUID } from 'node:crypto';

import type { Client } from '@temporalio/client';
import pino from 'pino';
import { describe, expect, it, vi } from 'vitest';

import { maximumRuns } from '../../src/api/run-batch.ts';
import type { RunAction } from '../../src/api/steer-run.ts';
import { refuse } from '../support/scripted-services.ts';
import { containing } from './containing.ts';
import { useParcelApi } from './parcel-lab.ts';
import { sampleDeps, startApi, type TestApi } from './sample.ts';

const batch = 'POST /v1/run-batches';

const { lab, api } = useParcelApi();

const statusOf = async (id: string): Promise<unknown> => (await api.ask(`GET /v1/runs/${id}`)).body['status'];

/** Starts runs under one business key, and waits until the list has each in its state. */
async function startRuns(
  ...wanted: (readonly [until: string, status: string])[]
): Promise<{ businessKey: string; ids: string[] }> {
  const businessKey = `bk-${randomUUID()}`;
  const ids: string[] = [];
  for (const [until] of wanted) {
    const { body } = await api.ask('POST /v1/processes/parcel/runs', {
      body: { input: { weight: 1, until }, businessKey },
    });
    ids.push(String(body['id']));
  }
  await vi.waitFor(async () => {
    const { body } = await api.ask(`GET /v1/runs?businessKey=${businessKey}`);
    const runs = body['runs'] as { id: string; status: string }[];
    const found = ids.map((id) => runs.find((run) => run.id === id)?.status);
    expect(found).toEqual(wanted.map(([, status]) => status));
  }, 20_000);
  return { businessKey, ids };
}

const waits = ['cancelled', 'running'] as const;
const stuck = ['stuck', 'stuck'] as const;

describe('a batch', () => {
  it('only says what it would be about, unless told otherwise', async () => {
    const { businessKey, ids } = await startRuns(waits, waits);
    const reply = await api.ask(batch, { body: { action: 'cancel', filter: { businessKey } } });
    expect(reply).toMatchObject({ status: 200, body: { dryRun: true, action: 'cancel', matched: 2 } });
    const runs = reply.body['runs'] as { id: string; status: string }[];
    expect(runs.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    for (const id of ids) expect(await statusOf(id)).toBe('running');
    const body = {
      action: 'terminate',
      reason: 'a test',
      filter: { businessKey },
      dryRun: false,
      expectedRuns: 2,
    };
    expect(await api.ask(batch, { body })).toMatchObject({
      status: 200,
      body: { dryRun: false, matched: 2, succeeded: 2, failed: 0 },
    });
    expect((await api.ask(`GET /v1/runs/${ids[0] ?? ''}`)).body).toMatchObject({
      status: 'terminated',
      error: { message: 'a test' },
    });
  });

  it('pauses runs and lets them go on', async () => {
    const { businessKey, ids } = await startRuns(waits, waits, waits);
    const act = (action: string): ReturnType<TestApi['ask']> =>
      api.ask(batch, { body: { action, filter: { businessKey }, dryRun: false, expectedRuns: 3 } });
    const paused = await act('pause');
    expect(paused).toMatchObject({ status: 200, body: { matched: 3, succeeded: 3, failed: 0 } });
    expect(paused.body['results']).toContainEqual({ runId: ids[0], outcome: 'paused' });
    await vi.waitFor(async () => {
      expect(await act('resume')).toMatchObject({ status: 200, body: { succeeded: 3 } });
    }, 10_000);
    for (const id of ids) expect(await statusOf(id)).toBe('running');
  });

  it('says of each run what became of it; one that refuses stops no other', async () => {
    lab.services.on('carrier.label', refuse(422));
    const { businessKey, ids } = await startRuns(['held', 'stuck'], stuck, ['held', 'stuck']);
    const reply = await api.ask(batch, {
      body: { action: 'undo', filter: { businessKey, status: 'stuck' }, dryRun: false, expectedRuns: 3 },
    });
    expect(reply).toMatchObject({ status: 200, body: { matched: 3, succeeded: 2, failed: 1 } });
    const results = reply.body['results'] as { runId: string }[];
    expect(results.find(({ runId }) => runId === ids[0])).toEqual({ runId: ids[0], outcome: ['label'] });
    expect(results.find(({ runId }) => runId === ids[1])).toMatchObject({
      runId: ids[1],
      problem: { code: 'run-not-waiting', detail: containing('retry or give-up') },
    });
    await vi.waitFor(async () => {
      expect(await Promise.all(ids.map(statusOf))).toEqual(['failed', 'stuck', 'failed']);
    }, 10_000);
  });

  it('has a line in the log for each run, under the id of the request', async () => {
    const lines: Record<string, unknown>[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line) as never) });
    const own = await startApi(lab.deps({ log }));
    const { businessKey, ids } = await startRuns(waits, waits);
    const body = { action: 'terminate', filter: { businessKey }, dryRun: false, expectedRuns: 2 };
    const { headers } = await own.ask(batch, { body });
    await own.listening.close();
    const ofRuns = lines.filter(({ runId }) => runId !== undefined);
    expect(ofRuns.map(({ runId }) => runId).toSorted()).toEqual(ids.toSorted());
    const requestId = headers.get('x-request-id');
    for (const line of ofRuns)
      expect(line).toMatchObject({ requestId, process: 'parcel', action: 'terminate' });
  });

  it('makes each run its own key of its key', async () => {
    const { businessKey, ids } = await startRuns(['stuck twice', 'stuck'], ['stuck twice', 'stuck']);
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = {
      action: 'retry',
      filter: { businessKey, status: 'stuck' },
      dryRun: false,
      expectedRuns: 2,
    };
    await api.ask(batch, { headers, body });
    await vi.waitFor(async () => {
      expect(await Promise.all(ids.map(statusOf))).toEqual(['stuck', 'stuck']);
      expect((await api.ask(batch, { body: { ...body, dryRun: true } })).body).toMatchObject({ matched: 2 });
    }, 10_000);
    // The first answer comes again: neither run is settled a second time.
    expect((await api.ask(batch, { headers, body })).body).toMatchObject({ succeeded: 2 });
    expect(await Promise.all(ids.map(statusOf))).toEqual(['stuck', 'stuck']);
  });

  it.each<[RunAction, until: string, status: string]>([
    ['retry', 'stuck twice', 'stuck'],
    ['retry', 'delivered', 'failed'],
    ['undo', 'held', 'stuck'],
    ['give-up', 'held', 'stuck'],
    ['pause', ...waits],
    ['resume', 'cancelled', 'paused'],
    ['cancel', ...waits],
    ['terminate', ...waits],
  ])(
    'can be repeated, and tells the same of each run: %s of runs like %s, %s',
    async (action, until, status) => {
      lab.services.on('carrier.label', refuse(422));
      const before = status === 'paused' ? 'running' : status;
      const { businessKey, ids } = await startRuns([until, before], [until, before]);
      if (status === 'paused') for (const id of ids) await api.ask(`POST /v1/runs/${id}/pause`);
      await vi.waitFor(async () => {
        const list = await api.ask(`GET /v1/runs?businessKey=${businessKey}&status=${status}`);
        expect(list.body['runs']).toHaveLength(2);
      }, 10_000);
      const dryRun = await api.ask(batch, { body: { action, filter: { businessKey, status } } });
      const body = dryRun.body['request'];
      const headers = { 'Idempotency-Key': randomUUID() };
      const first = await api.ask(batch, { headers, body });
      expect(first).toMatchObject({ status: 200, body: { matched: 2, succeeded: 2, failed: 0 } });
      if (action !== 'retry') {
        await vi.waitFor(async () => {
          const list = await api.ask(`GET /v1/runs?businessKey=${businessKey}&status=${status}`);
          expect(list.body['runs']).toEqual([]);
        }, 10_000);
      }
      expect(await api.ask(batch, { headers, body })).toMatchObject({ status: 200, body: first.body });
      // Under another key it is another batch, which finds the runs as they are.
      if (action === 'cancel' || action === 'terminate') {
        const other = { 'Idempotency-Key': randomUUID() };
        expect((await api.ask(batch, { headers: other, body })).body).toMatchObject({ failed: 2 });
      }
    },
  );

  it('says of a run that is not there, or cannot, what its own route would say', async () => {
    const { ids } = await startRuns(['cancelled', 'running'], ['approval', 'running']);
    await api.ask(`POST /v1/runs/${ids[0] ?? ''}/terminate`);
    const runs = ['nope', ...ids];
    const { body } = await api.ask(batch, { body: { action: 'resume', runs, dryRun: false } });
    expect(body).toMatchObject({
      succeeded: 0,
      results: [
        { runId: 'nope', problem: { code: 'run-not-found' } },
        { problem: { code: 'run-closed', runStatus: 'terminated', startAnew: { method: 'POST' } } },
        { problem: { code: 'run-not-waiting', detail: containing('/signals/approval') } },
      ],
    });
  });

  it('does nothing when the number of runs is another than was seen', async () => {
    const { businessKey, ids } = await startRuns(waits);
    const body = { action: 'cancel', filter: { businessKey }, dryRun: false, expectedRuns: 5 };
    expect(await api.ask(batch, { body })).toMatchObject({
      status: 409,
      body: { code: 'runs-changed', expectedRuns: 5, matched: 1 },
    });
    expect(await statusOf(ids[0] ?? '')).toBe('running');
  });

  it.each<[string, object, string]>([
    ['no filter', { action: 'pause' }, '/filter'],
    ['an empty filter', { action: 'pause', filter: {} }, '/filter'],
    ['an unknown field', { action: 'pause', filter: { status: 'stuck', colour: 1 } }, '/filter/colour'],
    ['no action', { filter: { status: 'stuck' } }, '/action'],
    ['an unknown action', { action: 'delete', filter: { status: 'stuck' } }, '/action'],
    ['runs beside a filter', { action: 'pause', filter: { status: 'stuck' }, runs: ['a'] }, '/runs'],
    ['a dry run of named runs', { action: 'pause', runs: ['a'] }, '/dryRun'],
    [
      'a number of named runs',
      { action: 'pause', runs: ['a'], dryRun: false, expectedRuns: 1 },
      '/expectedRuns',
    ],
    ['no number', { action: 'pause', filter: { status: 'running' }, dryRun: false }, '/expectedRuns'],
    ['a reason for nothing', { action: 'pause', filter: { status: 'running' }, reason: 'x' }, '/reason'],
  ])('is refused with %s', async (_name, body, pointer) => {
    expect(await api.ask(batch, { body })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ pointer }] },
    });
  });

  it('takes no more runs than a person can look at', async () => {
    const executions = Array.from({ length: maximumRuns + 1 }, (_, number) => ({
      execution: { workflowId: `run-${number}`, runId: '1' },
      status: 1,
    }));
    const client = {
      options: { namespace: 'default' },
      withDeadline: (_deadline: number, work: () => unknown) => work(),
      workflowService: {
        listWorkflowExecutions: () => Promise.resolve({ executions, nextPageToken: new Uint8Array() }),
      },
    } as unknown as Client;
    const full = await startApi(sampleDeps({ client }));
    const reply = await full.ask(batch, { body: { action: 'pause', filter: { process: 'parcel' } } });
    expect(reply).toMatchObject({
      status: 422,
      body: { code: 'too-many-runs', maximumRuns, detail: containing('Narrow the filter') },
    });
    await full.listening.close();
  });
});

describe('a batch whose runs need a worker, and none is there', () => {
  const startOn = async (on: TestApi, count: number): Promise<string[]> => {
    const started = await Promise.all(
      Array.from({ length: count }, () =>
        on.ask('POST /v1/processes/parcel/runs', { body: { input: { weight: 1, until: 'cancelled' } } }),
      ),
    );
    return started.map(({ body }) => String(body['id']));
  };
  const notSent = { problem: { code: 'no-worker', detail: containing('nothing was sent') } };

  it('is told so of each run, and sends nothing that would be taken later', async () => {
    const taskQueue = `quiet-${randomUUID()}`;
    const quiet = await startApi(lab.deps({ taskQueue }));
    const runs = await startOn(quiet, 3);
    const body = { action: 'pause', runs, dryRun: false };
    const reply = await quiet.ask(batch, { body });
    expect(reply.body).toMatchObject({ failed: 3, results: [notSent, notSent, notSent] });
    await lab.serve(taskQueue, async () => {
      // Once a worker is there the run takes what was sent: nothing but this.
      await vi.waitFor(async () => {
        expect(await quiet.ask(`POST /v1/runs/${runs[0] ?? ''}/resume`)).toMatchObject({ status: 409 });
      }, 10_000);
    });
    // What needs no worker is done.
    expect((await quiet.ask(batch, { body: { ...body, action: 'terminate' } })).body).toMatchObject({
      succeeded: 3,
    });
    await quiet.listening.close();
  });

  it('waits for one round of them where Temporal still lists a worker, and knows what was done before', async () => {
    const taskQueue = `gone-${randomUUID()}`;
    const gone = await startApi(lab.deps({ taskQueue }));
    const runs = await startOn(gone, 30);
    const headers = { 'Idempotency-Key': randomUUID() };
    const pause = { action: 'pause', dryRun: false };
    const last = runs.at(-1) ?? '';
    await lab.serve(taskQueue, async () => {
      await vi.waitFor(async () => {
        const { body } = await gone.ask(batch, { headers, body: { ...pause, runs: [last] } });
        expect(body).toMatchObject({ succeeded: 1 });
      }, 10_000);
    });
    const { body } = await gone.ask(batch, { headers, body: { ...pause, runs } });
    const results = body['results'] as { problem?: { detail: string } }[];
    expect(results.at(-1)).toEqual({ runId: last, outcome: 'paused' });
    const unsent = results.filter(({ problem }) => problem?.detail.includes('nothing was sent'));
    // Ten go out at a time; a few more may begin while those come back.
    expect(unsent.length).toBeGreaterThanOrEqual(9);
    await gone.ask(batch, { body: { action: 'terminate', runs, dryRun: false } });
    await gone.listening.close();
  });
});
