import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Client } from '@temporalio/client';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { freePort } from '../../src/dev/ports.ts';
import type { CloudEvent } from '../../src/core/cloud-event.ts';
import type { RunView } from '../../src/core/run-state.ts';
import { type PostgresServer, startPostgres } from '../../src/dev/postgres-server.ts';
import { type EventLog, openEventLog } from '../../src/events/event-log.ts';
import type { RecordedEvent } from '../../src/events/recorded-event.ts';
import { type TellRun, wakeWaitingRuns } from '../../src/events/waits/wake-waiting-runs.ts';
import { connectClient } from '../../src/temporal/connect-client.ts';
import { createClient } from '../../src/temporal/create-client.ts';
import { resetRun } from '../../src/temporal/reset-run.ts';
import { createRunTeller } from '../../src/temporal/tell-run.ts';
import { batonMain, type Part, startPart } from '../support/part.ts';
import { persist } from '../support/persist.ts';
import { isClosed } from '../support/stack.ts';
import { startTemporal, type TestTemporal } from '../temporal/start-temporal.ts';

const host = '127.0.0.1';
const log = pino({ level: 'silent' });

const manifest = `
title: Events
input: { type: object }
example: {}
`;

/** A team's project without any service: its processes only emit and listen. */
const files: Readonly<Record<string, string>> = {
  'services.yaml': 'services: {}\n',
  'events.yaml': `
    types:
      counted:
        title: Pieces were counted
        schema: { type: object, required: [pieces], properties: { pieces: { type: integer } } }
  `,
  'processes/counter.manifest.yaml': manifest,
  'processes/counter.ts': `
    import { emit } from 'baton/workflows';
    export async function counter({ pieces }: { pieces?: unknown }) {
      return emit('counted', { pieces });
    }`,
  'processes/emitter.manifest.yaml': manifest,
  'processes/emitter.ts': `
    import { emit } from 'baton/workflows';
    export async function emitter() {
      return emit('told', { n: 1 });
    }`,
  'processes/listener.manifest.yaml': manifest,
  'processes/listener.ts': `
    import { emit, listen, wait } from 'baton/workflows';
    export async function listener({ after, any, all }: { after?: string; any?: string[]; all?: string[] }) {
      if (after !== undefined) await wait(after);
      await emit('asked');
      if (any !== undefined) return listen({ any: any.map((type) => ({ type })) });
      if (all !== undefined) return listen({ all: all.map((type) => ({ type })) });
      return listen({ type: 'answered' });
    }`,
};

let home: string;
let temporal: TestTemporal;
let postgres: PostgresServer;
let client: Client;
let events: EventLog;
let worker: Part;
let apiUrl: string;
let env: Readonly<Record<string, string>>;
let closing: () => Promise<void>;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'baton-stack-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text);
  }
  const ports = { postgres: await freePort('127.0.0.1'), api: await freePort('127.0.0.1') };
  [temporal, postgres] = await Promise.all([startTemporal(), startDatabase(ports.postgres)]);
  const connection = await connectClient(temporal.settings);
  client = createClient({ connection, namespace: 'default' });
  events = openEventLog({ url: postgres.url, log });
  apiUrl = `http://${host}:${ports.api}`;
  env = {
    TEMPORAL_ADDRESS: temporal.settings.address,
    DATABASE_URL: postgres.url,
    BATON_PORT: String(ports.api),
    BATON_HOME: join(home, 'parts'),
    BATON_LOG_LEVEL: 'info',
  };
  let api: Part;
  [worker, api] = await Promise.all([
    startBaton('worker', 'the worker is up'),
    startBaton('api', 'the API is up'),
  ]);
  const waker = startWaker(createRunTeller(client, log));
  closing = async () => {
    await Promise.all([worker.kill(), api.kill()]);
    await waker.stop();
    await events.close();
    await connection.close();
    await Promise.all([temporal.stop(), postgres.stop()]);
    await rm(home, { recursive: true, force: true });
  };
});
afterAll(() => closing());

function startDatabase(port: number): Promise<PostgresServer> {
  return startPostgres({
    ...{ host, port, report: () => undefined },
    dataDir: join(home, 'postgres'),
    logFile: join(home, 'postgres.log'),
  });
}

function startBaton(command: string, ready: string): Promise<Part> {
  return startPart([batonMain, command, '--project', home], { cwd: home, env, ready });
}

/** Follows the log and wakes runs; after a failure it does the same events again. */
function startWaker(tell: TellRun): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const waking = (async () => {
    let after = 0;
    while (!stopping.signal.aborted) {
      try {
        for await (const page of events.follow({ after, signal: stopping.signal })) {
          await wakeWaitingRuns(page.events, { database: events.database, tell });
          after = page.next;
        }
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await waking;
    },
  };
}

async function start(process: string, id: string, input: object = {}): Promise<void> {
  const response = await fetch(`${apiUrl}/v1/processes/${process}/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, businessKey: id, input }),
  });
  expect(response.status).toBe(201);
}

async function untilRun(id: string, isThere: (run: RunView) => boolean): Promise<RunView> {
  return persist(async () => {
    const run = (await (await fetch(`${apiUrl}/v1/runs/${id}`)).json()) as RunView;
    if (!isThere(run)) throw new Error(`not yet: ${JSON.stringify(run)}`);
    return run;
  }, 60_000);
}

const isListening = ({ steps }: RunView): boolean =>
  steps.some(({ kind, status }) => kind === 'listen' && status === 'waiting');

const outputOf = async (id: string): Promise<unknown> => (await untilRun(id, isClosed)).output;

function event(subject: string, type = 'answered', id: string = crypto.randomUUID()): CloudEvent {
  return { specversion: '1.0', source: '/test', type, subject, id };
}

async function eventsOf(subject: string): Promise<readonly RecordedEvent[]> {
  return (await events.read({ after: 0, filter: { subject }, limit: 100 })).events;
}

async function countWaits(workflowId: string): Promise<number> {
  const { rows } = await events.database.query<{ count: string }>({
    text: 'SELECT count(*) FROM baton.waits WHERE workflow_id = $1',
    values: [workflowId],
  });
  return Number(rows[0]?.count);
}

describe('a run that emits an event of a declared type', () => {
  it('appends what fits its schema, and fails at once with anything else, of which nothing is appended', async () => {
    await start('counter', 'fits', { pieces: 3 });
    expect(await outputOf('fits')).toMatchObject({ type: 'counted', data: { pieces: 3 } });
    await start('counter', 'breaks', { pieces: 'three' });
    const error = {
      code: 'invalid-event',
      message: 'the event does not match the schema of its type counted: /data/pieces must be a whole number',
    };
    expect(await untilRun('breaks', isClosed)).toMatchObject({
      status: 'failed',
      steps: [{ kind: 'emit', operation: 'counted', status: 'failed', attempt: 1, error }],
    });
    expect([(await eventsOf('fits')).length, (await eventsOf('breaks')).length]).toEqual([1, 0]);
  });
});

describe('a run that waits for events of the log', () => {
  it('finds one that came before it got so far', async () => {
    await events.append([event('early', 'answered', 'before the start')]);
    await start('listener', 'early', { after: '1 s' });
    await events.append([event('early', 'answered', 'after the start')]);
    expect(await outputOf('early')).toMatchObject({ id: 'after the start' });
    expect(await countWaits('early')).toBe(0);
  });

  it('is woken by one that comes later, each run by that of its own subject', async () => {
    for (const id of ['one', 'two']) await start('listener', id);
    for (const id of ['one', 'two']) await untilRun(id, isListening);
    await events.append([
      event('two', 'answered', 'for two'),
      event('three'),
      event('one', 'answered', 'for one'),
    ]);
    expect(await outputOf('one')).toMatchObject({ id: 'for one', subject: 'one' });
    expect(await outputOf('two')).toMatchObject({ id: 'for two', subject: 'two' });
    expect([await countWaits('one'), await countWaits('two')]).toEqual([0, 0]);
  });

  it('goes on with the first of any, or when it has all', async () => {
    await start('listener', 'any', { any: ['yes', 'no'] });
    await start('listener', 'all', { all: ['yes', 'no'] });
    for (const id of ['any', 'all']) await untilRun(id, isListening);
    for (const id of ['any', 'all']) await events.append([event(id, 'no', `no ${id}`)]);
    expect(await outputOf('any')).toMatchObject({ event: { id: 'no any' }, index: 1 });
    await untilRun('all', ({ steps }) => steps.some(({ awaits }) => awaits?.length === 1));
    await events.append([event('all', 'yes', 'yes all')]);
    expect(await outputOf('all')).toMatchObject([{ id: 'yes all' }, { id: 'no all' }]);
    expect([await countWaits('any'), await countWaits('all')]).toEqual([0, 0]);
  });

  it('leaves no wait behind when it is cancelled', async () => {
    await start('listener', 'cancelled');
    await untilRun('cancelled', isListening);
    expect(await countWaits('cancelled')).toBe(1);
    await fetch(`${apiUrl}/v1/runs/cancelled/cancel`, { method: 'POST' });
    expect((await untilRun('cancelled', isClosed)).status).toBe('cancelled');
    expect(await countWaits('cancelled')).toBe(0);
  });

  it('is forgotten when it was terminated, once an event comes for it', async () => {
    await start('listener', 'terminated');
    await untilRun('terminated', isListening);
    await client.workflow.getHandle('terminated').terminate();
    await events.append([event('terminated')]);
    await persist(async () => {
      expect(await countWaits('terminated')).toBe(0);
    });
  });

  it('goes on though its worker was killed, and the event came while there was none', async () => {
    await start('listener', 'survivor');
    await untilRun('survivor', isListening);
    await worker.kill();
    await events.append([event('survivor', 'answered', 'meanwhile')]);
    await persist(async () => {
      expect(await countWaits('survivor')).toBe(0);
    });
    worker = await startBaton('worker', 'the worker is up');
    expect(await outputOf('survivor')).toMatchObject({ id: 'meanwhile' });
  });

  it('is told once of an event that is sent twice, and twice of it by a waker that crashed', async () => {
    await start('listener', 'twice');
    await untilRun('twice', isListening);
    const answer = event('twice', 'answered', 'once');
    await events.append([answer]);
    await events.append([answer]);
    expect(await outputOf('twice')).toMatchObject({ id: 'once' });
    const recorded = await eventsOf('twice');
    expect(recorded.map(({ event: { type } }) => type)).toEqual(['asked', 'answered']);
    await wakeWaitingRuns(recorded, { database: events.database, tell: createRunTeller(client, log) });
    expect((await untilRun('twice', isClosed)).steps.map(({ status }) => status)).toEqual([
      'completed',
      'completed',
    ]);
  });

  it('finds its event again, and emits nothing twice, when it is done anew from its beginning', async () => {
    await start('listener', 'again');
    await untilRun('again', isListening);
    await events.append([event('again', 'answered', 'the answer')]);
    expect(await outputOf('again')).toMatchObject({ id: 'the answer' });
    const { runId } = await client.workflow.getHandle('again').describe();
    const first = { workflowId: 'again', runId, eventId: 4 as never };
    await resetRun(client, { ...first, reason: 'a test', requestId: 'reset-again' });
    await persist(async () => {
      const now = await client.workflow.getHandle('again').describe();
      expect(now.runId).not.toBe(runId);
      expect(now.status.name).toBe('COMPLETED');
    });
    expect(await outputOf('again')).toMatchObject({ id: 'the answer' });
    expect((await eventsOf('again')).map(({ event: { type } }) => type)).toEqual(['asked', 'answered']);
  });
});

describe('a run that emits while the database is stopped', () => {
  it('waits, and appends its event once when the database is back', async () => {
    await postgres.stop();
    await start('emitter', 'outage');
    const waiting = await untilRun('outage', ({ steps }) => steps.some(({ attempt }) => attempt >= 4));
    expect(waiting.steps).toMatchObject([{ kind: 'emit', error: { code: 'database-unavailable' } }]);
    postgres = await startDatabase(Number(new URL(postgres.url).port));
    const { status, steps } = await untilRun('outage', isClosed);
    expect({ status, steps }).toMatchObject({
      status: 'completed',
      steps: [{ status: 'completed', error: null }],
    });
    expect(await eventsOf('outage')).toMatchObject([
      {
        event: { type: 'told', source: '/baton/processes/emitter', correlationid: 'outage', runid: 'outage' },
      },
    ]);
  });
});
