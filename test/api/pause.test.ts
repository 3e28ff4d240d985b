import { randomUUID } from 'node:crypto';

import { describe, expect, it, vi } from 'vitest';

import { runListSchema } from '../../src/api/run-resource.ts';
import { containing } from './containing.ts';
import { useParcelApi } from './parcel-lab.ts';
import { startApi } from './sample.ts';

const start = 'POST /v1/processes/parcel/runs';

const { lab, api } = useParcelApi();

async function startRun(until: string, on = api): Promise<string> {
  const { body } = await on.ask(start, { body: { input: { weight: 1, until } } });
  return String(body['id']);
}

async function untilRun(id: string, expected: object): Promise<void> {
  await vi.waitFor(async () => {
    expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject(expected);
  }, 20_000);
}

describe('pausing a run', () => {
  it('shows wherever the run does, until it is resumed', async () => {
    const id = await startRun('cancelled');
    expect(await api.ask(`POST /v1/runs/${id}/pause`)).toMatchObject({
      status: 200,
      body: { runId: id, action: 'pause', status: 'paused' },
    });
    expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject({ status: 'paused', stall: null });
    await vi.waitFor(async () => {
      const { runs } = runListSchema.parse((await api.ask('GET /v1/runs?status=paused')).body);
      expect(runs).toMatchObject([{ id, status: 'paused' }]);
      const { body } = await api.ask('GET /v1/processes/parcel');
      expect(body['counts']).toMatchObject({ paused: 1 });
    }, 10_000);
    expect(await api.ask(`POST /v1/runs/${id}/resume`)).toMatchObject({
      status: 200,
      body: { runId: id, action: 'resume', status: 'running' },
    });
    expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject({ status: 'running' });
    await api.ask(`POST /v1/runs/${id}/terminate`);
  });

  it('acts once for one key, and is refused where it makes no sense', async () => {
    const id = await startRun('cancelled');
    const request = { headers: { 'Idempotency-Key': randomUUID() } };
    const first = await api.ask(`POST /v1/runs/${id}/pause`, request);
    expect(await api.ask(`POST /v1/runs/${id}/pause`, request)).toMatchObject({ body: first.body });
    expect(await api.ask(`POST /v1/runs/${id}/pause`)).toMatchObject({
      status: 409,
      body: { code: 'run-not-waiting', detail: containing('paused already') },
    });
    // The key of one message is none of another's.
    expect(await api.ask(`POST /v1/runs/${id}/resume`, request)).toMatchObject({ status: 200 });
    expect(await api.ask(`POST /v1/runs/${id}/resume`)).toMatchObject({
      status: 409,
      body: { code: 'run-not-waiting', detail: containing('not paused') },
    });
    await api.ask(`POST /v1/runs/${id}/terminate`);
    expect(await api.ask(`POST /v1/runs/${id}/pause`)).toMatchObject({
      status: 409,
      body: { code: 'run-closed' },
    });
  });

  it.each(['pause', 'resume'])('finds no run to %s', async (action) => {
    expect(await api.ask(`POST /v1/runs/nope/${action}`)).toMatchObject({
      status: 404,
      body: { code: 'run-not-found' },
    });
  });
});

describe('a run that no worker has begun yet', () => {
  it('cannot be told, and is paused before its first step once a worker is there', async () => {
    const taskQueue = `quiet-${randomUUID()}`;
    const quiet = await startApi(lab.deps({ taskQueue }));
    const id = await startRun('delivered', quiet);
    const request = { headers: { 'Idempotency-Key': randomUUID() } };
    expect(await quiet.ask(`POST /v1/runs/${id}/pause`, request)).toMatchObject({
      status: 503,
      body: { code: 'no-worker' },
    });
    const pausing = quiet.ask(`POST /v1/runs/${id}/pause`, request);
    await lab.serve(taskQueue, async () => {
      expect(await pausing).toMatchObject({ status: 200, body: { status: 'paused' } });
      await untilRun(id, { status: 'paused', steps: [] });
      await quiet.ask(`POST /v1/runs/${id}/resume`);
      await untilRun(id, { status: 'completed', steps: [{}, {}, {}] });
    });
    expect(lab.services.operations).toEqual(['carrier.book', 'carrier.label', 'carrier.deliver']);
    await quiet.listening.close();
  });
});

describe('a paused run that continues as new', () => {
  it('is paused from the beginning of its new execution', async () => {
    const id = await startRun('called');
    await api.ask(`POST /v1/runs/${id}/pause`);
    const handle = lab.environment.client.workflow.getHandle(id);
    await handle.signal('call');
    await vi.waitFor(async () => {
      const { events } = await lab.environment.client.workflow.getHandle(id).fetchHistory();
      expect(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
      expect(events?.at(-1)?.workflowTaskCompletedEventAttributes).toBeTruthy();
    }, 10_000);
    await untilRun(id, { status: 'paused', steps: [] });
    expect(lab.services.operations).toEqual([]);
    await api.ask(`POST /v1/runs/${id}/resume`);
    await untilRun(id, { status: 'completed' });
  });
});
