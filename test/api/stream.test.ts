import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createParcelLab, type ParcelLab } from './parcel-lab.ts';
import { startApi, type TestApi } from './sample.ts';
import { readEvents, type ServerEvent } from '../support/server-events.ts';

let lab: ParcelLab;
let api: TestApi;
/** Watches that were opened at Temporal, by run. */
const opened: string[] = [];

beforeAll(async () => {
  lab = await createParcelLab();
  const deps = lab.deps();
  api = await startApi({
    ...deps,
    watchRunView: (id, signal) => {
      opened.push(id);
      return deps.watchRunView(id, signal);
    },
  });
});
afterAll(async () => {
  await api.listening.close();
  await lab.close();
});

async function start(until?: string): Promise<string> {
  const { body } = await api.ask('POST /v1/processes/parcel/runs', {
    body: { input: { weight: 1, ...(until !== undefined && { until }) } },
  });
  return String(body['id']);
}

const watch = (id: string): AsyncGenerator<ServerEvent, void> =>
  readEvents(`${api.url}/v1/runs/${id}/stream`);

async function all(events: AsyncIterable<ServerEvent>): Promise<ServerEvent[]> {
  const seen: ServerEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('GET /v1/runs/{id}/stream', () => {
  it('shows the run, then every change of it until it has ended', async () => {
    const id = await start('approval');
    const events = watch(id);
    expect((await events.next()).value).toMatchObject({ type: 'snapshot', data: { id, status: 'running' } });
    let event = await events.next();
    while (event.value?.data['steps'] === undefined) event = await events.next();
    expect(event.value).toMatchObject({
      type: 'change',
      data: { steps: [{ name: 'approval', status: 'waiting' }] },
    });
    await api.ask(`POST /v1/runs/${id}/signals/approval`, { body: { approved: true } });
    const rest = await all(events);
    expect(rest.at(-1)).toEqual({ type: 'end', data: {} });
    const told = rest.map(({ data }) => data);
    expect(told).toContainEqual(expect.objectContaining({ status: 'completed', output: { approved: true } }));
    const steps = told.flatMap(({ steps = [] }) => steps as { name: string; status: string }[]);
    expect(steps.at(-1)).toMatchObject({ name: 'approval', status: 'completed' });
  });

  it('tells together what GET tells', async () => {
    const id = await start('approval');
    const events = watch(id);
    const first = await events.next();
    await api.ask(`POST /v1/runs/${id}/signals/approval`, { body: { approved: true } });
    let run = first.value?.data ?? {};
    for await (const { type, data } of events) if (type !== 'end') run = layOver(run, data);
    expect(run).toEqual((await api.ask(`GET /v1/runs/${id}`)).body);
  });

  it('shows a run that has ended, and ends', async () => {
    const id = await start();
    await vi.waitFor(async () => {
      expect((await api.ask(`GET /v1/runs/${id}`)).body).toMatchObject({ status: 'completed' });
    }, 10_000);
    expect(await all(watch(id))).toEqual([
      { type: 'snapshot', data: (await api.ask(`GET /v1/runs/${id}`)).body },
      { type: 'end', data: {} },
    ]);
  });

  it('goes on with the execution that a run goes on in', async () => {
    const events = await all(watch(await start('renewed')));
    expect(events.at(-2)?.data).toMatchObject({ status: 'completed', output: { sent: 2 } });
  });

  it('asks Temporal once for a hundred watchers, and shows all the same', async () => {
    const id = await start('approval');
    const watchers = Array.from({ length: 100 }, () => all(watch(id)));
    await vi.waitFor(async () => {
      expect(await metric('baton_run_watchers')).toBe(100);
    }, 20_000);
    await api.ask(`POST /v1/runs/${id}/signals/approval`, { body: { approved: true } });
    const seen = await Promise.all(watchers);
    expect(seen.map((events) => events.at(-1)?.type)).toEqual(Array.from({ length: 100 }, () => 'end'));
    expect(opened.filter((run) => run === id)).toHaveLength(1);
  });

  it('lets go of Temporal when the last watcher has gone', async () => {
    const id = await start('approval');
    const events = watch(id);
    await events.next();
    expect(await metric('baton_run_watchers')).toBe(1);
    await events.return();
    await vi.waitFor(async () => {
      expect(await metric('baton_run_watchers')).toBe(0);
    }, 10_000);
  });

  it('is a problem document where there is no such run', async () => {
    expect(await api.ask('GET /v1/runs/nope/stream')).toMatchObject({
      status: 404,
      body: { code: 'run-not-found' },
    });
  });

  it('is closed without an end when the process stops', async () => {
    const stopping = await startApi(lab.deps());
    const id = await start('approval');
    const events = readEvents(`${stopping.url}/v1/runs/${id}/stream`);
    await events.next();
    const rest = all(events);
    await stopping.listening.close();
    expect((await rest).map(({ type }) => type)).not.toContain('end');
  });

  it('answers HEAD without a body, and does not stay', async () => {
    const id = await start('approval');
    const { status, headers } = await api.ask(`HEAD /v1/runs/${id}/stream`);
    expect({ status, type: headers.get('content-type') }).toEqual({
      status: 200,
      type: 'text/event-stream; charset=utf-8',
    });
    await vi.waitFor(async () => {
      expect(await metric('baton_run_watchers')).toBe(0);
    }, 10_000);
  });
});

type Data = ServerEvent['data'];
type Named = Record<string, unknown> & { readonly kind: string; readonly name: string };

/** What a reader does with a change. */
function layOver(run: Data, change: Data): Data {
  const steps = new Map<string, Named>();
  for (const step of [...((run['steps'] ?? []) as Named[]), ...((change['steps'] ?? []) as Named[])]) {
    steps.set(`${step.kind} ${step.name}`, step);
  }
  return { ...run, ...change, steps: [...steps.values()] };
}

async function metric(name: string): Promise<number> {
  const { text } = await api.ask('GET /metrics');
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
}
