import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { startForEvent } from '../../src/api/start-for-event.ts';
import type { CloudEvent } from '../../src/core/cloud-event.ts';
import type { Correlation } from '../../src/correlations/correlation.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import { type LogLab, openLogLab, sampleEvent } from '../events/lab.ts';
import { createParcelLab, type ParcelLab } from './parcel-lab.ts';
import { sampleDeps, startApi, type TestApi } from './sample.ts';

const soon = { timeout: 20_000, interval: 100 };
const expectations = [
  { name: 'sent', after: 'parcel.packed', where: {}, expect: ['parcel.sent'], within: 60_000 },
  { name: 'paid', after: 'parcel.packed', where: {}, expect: ['parcel.paid'], within: 1 },
];

let logs: LogLab;
let log: EventLog;
let lab: ParcelLab;
/** Of the whole; with Temporal away; without an event log; with Temporal away and without an event log. */
const apis: Partial<Record<'whole' | 'noTemporal' | 'noLog' | 'nothing', TestApi>> = {};

beforeAll(async () => {
  [logs, lab] = await Promise.all([openLogLab(), createParcelLab()]);
  log = await logs.open();
  const { project } = sampleDeps();
  const of = { eventLog: log, project: { ...project, events: { ...project.events, expectations } } };
  apis.whole = await startApi(lab.deps(of));
  apis.noTemporal = await startApi(sampleDeps(of));
  apis.noLog = await startApi(lab.deps());
  apis.nothing = await startApi(sampleDeps());
});
afterAll(async () => {
  for (const api of Object.values(apis)) await api.listening.close();
  await lab.close();
  await logs.close();
});

type Told = Correlation & { readonly seen: unknown };

async function tell(api: keyof typeof apis, key: string): Promise<Told> {
  const { ask } = apis[api] ?? expect.fail('there is no such API yet');
  const { status, body } = await ask(`GET /v1/correlations/${encodeURIComponent(key)}`);
  expect(status).toBe(200);
  return body as unknown as Told;
}

/** A case of its own: a parcel is packed, which starts a run, which emits that it was sent. */
async function openCase(): Promise<{ readonly key: string; readonly run: string }> {
  const key = `case ${randomUUID()}`;
  const packed = sampleEvent({
    type: 'parcel.packed',
    source: '/packing',
    subject: key,
    data: { weight: 3 },
  });
  const position = await append(packed);
  const recorded = { position, recordedAt: new Date().toISOString(), event: packed };
  expect(await startForEvent(lab.deps({ eventLog: log }), 'parcel', recorded)).toEqual({ kind: 'delivered' });
  const run = await vi.waitFor(async () => {
    const { nodes } = await tell('noLog', key);
    expect(nodes).toMatchObject([{ kind: 'run', status: 'completed' }]);
    return nodes[0]?.run ?? '';
  }, soon);
  await append(
    sampleEvent({
      ...{ type: 'parcel.sent', source: '/baton/processes/parcel', runid: run },
      ...{ correlationid: key, causationid: packed.id },
    }),
  );
  return { key, run };
}

async function append(event: CloudEvent): Promise<number> {
  const [appended] = await log.append([event]);
  return appended?.position ?? expect.fail('it was not appended');
}

describe('GET /v1/correlations/{businessKey}', () => {
  it('puts events, the run that one of them started, and what that emitted into one picture', async () => {
    const { key, run } = await openCase();
    const told = await tell('whole', key);
    expect(told).toMatchObject({ key, seen: { events: 'all', runs: 'all' } });
    expect(told.nodes.map(({ kind, title, source, status }) => ({ kind, title, source, status }))).toEqual([
      { kind: 'event', title: 'parcel.packed', source: '/packing', status: 'overdue' },
      { kind: 'event', title: 'parcel.sent', source: '/baton/processes/parcel', status: null },
      { kind: 'run', title: 'parcel', source: '/baton/processes/parcel', status: 'completed' },
    ]);
    const [packed, sent] = told.nodes.map(({ id }) => id);
    expect(told.edges).toEqual([
      { from: packed, to: `run:${run}`, kind: 'started' },
      { from: `run:${run}`, to: sent, kind: 'emitted' },
    ]);
    expect(told.timeline.map(({ kind }) => kind).toSorted()).toEqual([
      ...['event', 'event', 'run-ended', 'run-started'],
    ]);
    expect(told.expectations).toMatchObject([
      { rule: 'sent', status: 'met', by: told.nodes[1]?.position },
      { rule: 'paid', status: 'overdue', by: null },
    ]);
  });

  it('has a run whose event names as its case what cannot be one, by the subject of the event', async () => {
    const key = `case ${randomUUID()}`;
    const packed = sampleEvent({ subject: key, correlationid: 'the "old" one', data: { weight: 3 } });
    const recorded = { position: 1, recordedAt: new Date().toISOString(), event: packed };
    expect(await startForEvent(lab.deps({ eventLog: log }), 'parcel', recorded)).toEqual({
      kind: 'delivered',
    });
    await vi.waitFor(async () => {
      expect((await tell('noLog', key)).nodes).toMatchObject([{ kind: 'run', title: 'parcel' }]);
    }, soon);
  });

  it('has empty lists for a key that nothing carries', async () => {
    expect(await tell('whole', 'nothing of it')).toEqual({
      ...{ key: 'nothing of it', seen: { events: 'all', runs: 'all' } },
      ...{ timeline: [], nodes: [], edges: [], expectations: [], deliveries: [] },
    });
  });

  it('shows the runs only where there is no event log', async () => {
    const { key } = await openCase();
    const { seen, nodes, edges } = await tell('noLog', key);
    expect(seen).toEqual({ events: 'off', runs: 'all' });
    expect([nodes.map(({ kind }) => kind), edges]).toEqual([['run'], []]);
  });

  it('shows the events while Temporal is away, and what caused them', async () => {
    const { key } = await openCase();
    const { seen, nodes, edges } = await tell('noTemporal', key);
    expect(seen).toEqual({ events: 'all', runs: 'away' });
    expect(nodes.map(({ kind }) => kind)).toEqual(['event', 'event']);
    expect(edges.map(({ kind }) => kind)).toEqual(['caused']);
  });

  it('shows the latest of very many events, and says so', async () => {
    await log.append(
      Array.from({ length: 1_001 }, (_, number) => sampleEvent({ id: `n${number}`, subject: 'many' })),
    );
    const { seen, timeline } = await tell('whole', 'many');
    expect(seen).toEqual({ events: 'cut', runs: 'all' });
    expect([timeline.length, timeline[0], timeline.at(-1)]).toMatchObject([
      ...[1_000, { id: 'n1' }, { id: 'n1000' }],
    ]);
  });

  it.each(['a%22b', 'a%0Ab', 'x'.repeat(201)])('refuses what can be no business key: %s', async (key) => {
    const answer = await apis.whole?.ask(`GET /v1/correlations/${key}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '{businessKey}' }] } });
  });

  it('is refused where nothing can be seen', async () => {
    const answer = await apis.nothing?.ask('GET /v1/correlations/any');
    expect(answer).toMatchObject({ status: 503, body: { code: 'temporal-unavailable' } });
  });

  it('shows the runs while PostgreSQL is away', async () => {
    const { key } = await openCase();
    await logs.postgres.halt();
    try {
      const { seen, nodes } = await tell('whole', key);
      expect(seen).toEqual({ events: 'away', runs: 'all' });
      expect(nodes.map(({ kind }) => kind)).toEqual(['run']);
      const answer = await apis.noTemporal?.ask('GET /v1/correlations/any');
      expect(answer).toMatchObject({ status: 503, body: { code: 'temporal-unavailable' } });
    } finally {
      await logs.postgres.start();
    }
  });
});
