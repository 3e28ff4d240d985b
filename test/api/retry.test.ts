import { randomUUID } from 'node:crypto';

import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { runListSchema, runSchema } from '../../src/api/run-resource.ts';
import { refuse } from '../support/scripted-services.ts';
import { containing } from './containing.ts';
import { useParcelApi } from './parcel-lab.ts';
import type { TestApi } from './sample.ts';

const { lab, api } = useParcelApi();

async function startRun(until: string, more: object = {}): Promise<string> {
  const { body } = await api.ask('POST /v1/processes/parcel/runs', {
    body: { input: { weight: 1, until }, ...more },
  });
  return String(body['id']);
}

const view = async (id: string): Promise<Record<string, unknown>> =>
  (await api.ask(`GET /v1/runs/${id}`)).body;

const counts = async (): Promise<Record<string, number>> =>
  (await api.ask('GET /v1/processes/parcel')).body['counts'] as Record<string, number>;

async function untilRun(id: string, expected: object): Promise<void> {
  await vi.waitFor(async () => {
    expect(await view(id)).toMatchObject(expected);
  }, 20_000);
}

const untilCalls = (count: number): Promise<void> =>
  vi.waitFor(() => {
    expect(lab.services.operations).toHaveLength(count);
  }, 10_000);

const retry = (id: string, key?: string, body?: object): ReturnType<TestApi['ask']> =>
  api.ask(`POST /v1/runs/${id}/retry`, {
    ...(key !== undefined && { headers: { 'Idempotency-Key': key } }),
    ...(body !== undefined && { body }),
  });

/** A service that fails for the moment; the next attempt is ten minutes away. */
const failForNow = (): never => {
  throw ApplicationFailure.retryable('503', 'call-failed', { status: 503 });
};

describe('a failed run', () => {
  beforeEach(() => {
    lab.services.on('carrier.label', refuse(422));
  });

  it('goes on from the step that failed: what succeeded is not called again, and keys stay', async () => {
    const id = await startRun('delivered');
    await untilRun(id, { status: 'failed' });
    const failed = runSchema.parse(await view(id));
    lab.services.on('carrier.label', () => null);
    expect(await retry(id)).toMatchObject({
      status: 200,
      body: { runId: id, action: 'retry', outcome: ['carrier.label'] },
    });
    await untilRun(id, { id, status: 'completed', error: null });
    const resumed = runSchema.parse(await view(id));
    expect(resumed.startedAt).toBe(failed.startedAt);
    expect(resumed.steps[0]).toEqual(failed.steps[0]);
    expect(lab.services.operations).toEqual([
      'carrier.book',
      'carrier.label',
      'carrier.label',
      'carrier.deliver',
    ]);
    const [, first, second] = lab.services.attempts;
    expect(second?.input.idempotencyKey).toBe(first?.input.idempotencyKey);
  });

  it('has a history that can be replayed, also where a word of a person came again', async () => {
    const id = await startRun('held');
    await untilRun(id, { status: 'stuck' });
    await api.ask(`POST /v1/runs/${id}/give-up`);
    await untilRun(id, { status: 'failed' });
    lab.services.on('carrier.label', () => null);
    await retry(id);
    await untilRun(id, { status: 'completed' });
    const { text } = await api.ask(`GET /v1/runs/${id}/history`);
    await Worker.runReplayHistory({ workflowBundle: lab.bundle }, JSON.parse(text), id);
  });

  it('keeps the decision that came just before the failed step', async () => {
    const id = await startRun('approved delivery');
    await untilRun(id, { steps: [{}, { name: 'approval' }] });
    await api.ask(`POST /v1/runs/${id}/signals/approval`, { body: { approved: true } });
    await untilRun(id, { status: 'failed' });
    lab.services.on('carrier.label', () => null);
    expect(await retry(id)).toMatchObject({ status: 200, body: { outcome: ['carrier.label'] } });
    await untilRun(id, { status: 'completed', output: { approved: true } });
    expect((await view(id))['steps']).toMatchObject([{}, { name: 'approval', status: 'completed' }, {}]);
  });

  it('is not given up again by the word that gave it up before', async () => {
    const id = await startRun('held');
    await untilRun(id, { status: 'stuck' });
    await retry(id);
    await untilCalls(3);
    await untilRun(id, { status: 'stuck' });
    await api.ask(`POST /v1/runs/${id}/give-up`);
    await untilRun(id, { status: 'failed', error: { code: 'saga-given-up' } });
    lab.services.on('carrier.label', () => null);
    expect(await retry(id)).toMatchObject({ status: 200, body: { outcome: ['label'] } });
    await untilRun(id, { status: 'completed' });
    expect(lab.services.operations.slice(3)).toEqual(['carrier.label', 'carrier.deliver']);
  });

  it('goes on from the first of several held steps that one word gave up', async () => {
    let book = (): void => undefined;
    const isStuck = new Promise<void>((resolve) => {
      book = resolve;
    });
    lab.services.on('carrier.book', async () => {
      await isStuck;
      return null;
    });
    lab.services.on('carrier.deliver', refuse(422));
    const id = await startRun('held twice');
    await untilRun(id, { status: 'stuck' });
    book();
    await untilRun(id, { steps: [{ status: 'stuck' }, {}, { status: 'stuck' }] });
    expect(await api.ask(`POST /v1/runs/${id}/give-up`)).toMatchObject({
      body: { outcome: ['label', 'deliver'] },
    });
    await untilRun(id, { status: 'failed', error: { code: 'saga-given-up' } });
    lab.services.reset();
    expect(await retry(id)).toMatchObject({ status: 200 });
    await untilRun(id, { status: 'completed' });
    expect(lab.services.operations.toSorted()).toEqual(['carrier.book', 'carrier.deliver', 'carrier.label']);
  });

  it('goes on once for one key, also when it has failed again since', async () => {
    const id = await startRun('delivered');
    await untilRun(id, { status: 'failed' });
    const key = randomUUID();
    const first = await retry(id, key);
    expect(first).toMatchObject({ status: 200 });
    await untilCalls(3);
    await untilRun(id, { status: 'failed' });
    expect(await retry(id, key)).toMatchObject({ status: 200, body: first.body });
    await retry(id, randomUUID());
    await untilCalls(4);
    await untilRun(id, { status: 'failed' });
    expect(await retry(id, key)).toMatchObject({ status: 200, body: first.body });
    expect(await view(id)).toMatchObject({ status: 'failed' });
    expect(lab.services.operations).toHaveLength(4);
  });

  it('goes on once when several ask for it at the same time', async () => {
    const id = await startRun('delivered');
    await untilRun(id, { status: 'failed' });
    lab.services.on('carrier.label', () => null);
    const replies = await Promise.all(Array.from({ length: 5 }, () => retry(id, randomUUID())));
    // Who comes too late finds a run that goes on already.
    for (const { status } of replies) expect([200, 409]).toContain(status);
    await untilRun(id, { status: 'completed' });
    expect(lab.services.operations.slice(2)).toEqual(['carrier.label', 'carrier.deliver']);
  });

  it('is listed and counted once, as it is now, with the time of its first start', async () => {
    const businessKey = `bk-${randomUUID()}`;
    const before = await counts();
    const id = await startRun('delivered', { businessKey });
    await untilRun(id, { status: 'failed' });
    await retry(id);
    await untilCalls(3);
    await untilRun(id, { status: 'failed' });
    lab.services.on('carrier.label', () => null);
    await retry(id);
    await untilRun(id, { status: 'completed' });
    const { startedAt } = runSchema.parse(await view(id));
    const list = async (more: string): Promise<unknown> =>
      (await api.ask(`GET /v1/runs?businessKey=${businessKey}${more}`)).body['runs'];
    await vi.waitFor(async () => {
      expect(runListSchema.shape.runs.parse(await list(''))).toMatchObject([
        { id, status: 'completed', startedAt },
      ]);
      expect(await list('&status=failed')).toEqual([]);
      expect(await counts()).toEqual({ ...before, completed: (before['completed'] ?? 0) + 1 });
    }, 10_000);
    const after = (milliseconds: number): string =>
      `&startedAfter=${new Date(Date.parse(startedAt) + milliseconds).toISOString()}`;
    expect(await list(after(-1))).toMatchObject([{ id }]);
    expect(await list(after(1))).toEqual([]);
  });

  it('goes on from no other step than the one that failed', async () => {
    const id = await startRun('delivered');
    await untilRun(id, { status: 'failed' });
    expect(await retry(id, undefined, { step: 'carrier.book' })).toMatchObject({
      status: 409,
      body: { code: 'run-not-waiting', detail: containing('carrier.label') },
    });
  });

  it('is to be started anew when its steps were undone', async () => {
    const businessKey = `bk-${randomUUID()}`;
    const id = await startRun('held', { businessKey });
    await untilRun(id, { status: 'stuck' });
    await api.ask(`POST /v1/runs/${id}/undo`);
    await untilRun(id, { status: 'failed', error: { undone: true } });
    expect(await retry(id)).toMatchObject({
      status: 409,
      body: {
        code: 'run-undone',
        startAnew: {
          method: 'POST',
          href: '/v1/processes/parcel/runs',
          body: { input: { weight: 1, until: 'held' }, businessKey },
        },
      },
    });
  });
});

describe('a stuck run', () => {
  it('tries its step once for one key, also when it has failed since', async () => {
    lab.services.on('carrier.label', refuse(422));
    const id = await startRun('held');
    await untilRun(id, { status: 'stuck' });
    const key = randomUUID();
    const first = await retry(id, key);
    await untilCalls(3);
    await untilRun(id, { status: 'stuck' });
    await api.ask(`POST /v1/runs/${id}/give-up`);
    await untilRun(id, { status: 'failed' });
    expect(await retry(id, key)).toMatchObject({ status: 200, body: first.body });
    expect(await view(id)).toMatchObject({ status: 'failed' });
  });
});

describe('a run with a call between two attempts', () => {
  it('makes the next attempt now, and counts on', async () => {
    lab.services.on('carrier.label', failForNow);
    const id = await startRun('delivered');
    const waiting = { name: 'carrier.label', status: 'waiting' };
    await untilRun(id, { steps: [{}, { ...waiting, attempt: 1 }] });
    expect(await retry(id, undefined, { step: 'carrier.book' })).toMatchObject({
      status: 409,
      body: { code: 'run-not-waiting', detail: containing('carrier.label') },
    });
    expect(await retry(id)).toMatchObject({ status: 200, body: { outcome: ['carrier.label'] } });
    await untilRun(id, { steps: [{}, { ...waiting, attempt: 2 }] });
    lab.services.on('carrier.label', () => null);
    await retry(id, undefined, { step: 'carrier.label' });
    await untilRun(id, { status: 'completed' });
    expect(lab.services.attempts.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 3, 1]);
  });

  it('makes it also while the run is paused, for that call is under way', async () => {
    lab.services.on('carrier.label', failForNow);
    const id = await startRun('delivered');
    await untilRun(id, { steps: [{}, { status: 'waiting' }] });
    await api.ask(`POST /v1/runs/${id}/pause`);
    lab.services.on('carrier.label', () => null);
    expect(await retry(id)).toMatchObject({ status: 200 });
    await untilRun(id, { status: 'paused', steps: [{}, { status: 'completed' }] });
    await api.ask(`POST /v1/runs/${id}/resume`);
    await untilRun(id, { status: 'completed' });
  });
});

describe('a run that a retry can do nothing for', () => {
  it('says that nothing of it waits', async () => {
    const id = await startRun('cancelled');
    expect(await retry(id)).toMatchObject({
      status: 409,
      body: { code: 'run-not-waiting', detail: containing('waits for its next attempt') },
    });
    await api.ask(`POST /v1/runs/${id}/terminate`);
  });

  it.each(['completed', 'cancelled', 'terminated'])('says that it is %s', async (status) => {
    const id = await startRun(status === 'completed' ? 'delivered' : 'cancelled');
    if (status === 'cancelled') await api.ask(`POST /v1/runs/${id}/cancel`);
    if (status === 'terminated') await api.ask(`POST /v1/runs/${id}/terminate`);
    await untilRun(id, { status });
    expect(await retry(id)).toMatchObject({
      status: 409,
      body: { code: 'run-closed', detail: containing(`is ${status}`) },
    });
  });
});
