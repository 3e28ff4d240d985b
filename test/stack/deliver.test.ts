import { tmpdir } from 'node:os';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { EventLog } from '../../src/events/event-log.ts';
import { consumerOf, defaultDeliveryPolicy } from '../../src/events/subscriptions/subscription.ts';
import { listSubscriptions } from '../../src/events/subscriptions/subscription-state.ts';
import { createSubscription } from '../../src/events/subscriptions/subscription-store.ts';
import { writeProject } from '../project/fixtures/project-folder.ts';
import { type LogLab, openLogLab, sampleEvent } from '../events/lab.ts';
import { batonMain, type Part, startPart } from '../support/part.ts';
import { persist } from '../support/persist.ts';
import { createSink, type Sink } from '../support/sink.ts';

const names = ['first', 'second', 'third', 'fourth'];
const orders = Array.from({ length: 100 }, (_, number) => `order-${number}`);
const steps = ['placed', 'reserved', 'paid', 'shipped', 'sent'];

let lab: LogLab;
let log: EventLog;
let projectDir: string;
let sink: Sink;
const parts: Part[] = [];

beforeAll(async () => {
  lab = await openLogLab();
  log = await lab.open();
  sink = await createSink();
  projectDir = await writeProject();
});

afterAll(async () => {
  await Promise.all(parts.map((part) => part.kill()));
  await sink.close();
  await lab.close();
});

/** A real process, with no Temporal anywhere near. */
async function startDeliverer(): Promise<Part> {
  const part = await startPart([batonMain, 'deliver', '--project', projectDir], {
    cwd: tmpdir(),
    env: { DATABASE_URL: log.database.url, TEMPORAL_ADDRESS: '127.0.0.1:1', BATON_LOG_LEVEL: 'info' },
    ready: 'the deliverer is up',
  });
  parts.push(part);
  return part;
}

async function holders(): Promise<(string | null)[]> {
  const { rows } = await log.database.query<{ owner: string | null }>({
    text: 'SELECT owner FROM baton.consumers WHERE lease_until > now() AND name = ANY($1)',
    values: [names.map((name) => consumerOf(name))],
  });
  return rows.map(({ owner }) => owner);
}

describe('500 events for four subscriptions, one deliverer of two killed in their middle', () => {
  it('are all delivered, each subject in its order, with Temporal away', async () => {
    for (const name of names) {
      const target = { kind: 'http', url: `${sink.url}/${name}`, secret: null } as const;
      await createSubscription(
        log.database,
        { name, filter: {}, target, retry: defaultDeliveryPolicy },
        'now',
      );
    }
    const [victim] = await Promise.all([startDeliverer(), startDeliverer()]);
    await persist(async () => {
      const held = await holders();
      if (held.length !== 4 || new Set(held).size !== 2) throw new Error('not shared yet');
    });

    for (const [number, type] of steps.entries()) {
      await log.append(orders.map((subject) => sampleEvent({ subject, type, id: `${subject}-${number}` })));
      if (number === 2) await victim.kill();
    }

    await allDelivered();
  }, 120_000);
});

describe('PostgreSQL stopped in the middle of a stream of events', () => {
  it('delays them, and loses none: those who append try again, the deliverers go on by themselves', async () => {
    const alive = await startDeliverer();
    await log.append(
      orders.map((subject) => sampleEvent({ subject, type: 'returned', id: `${subject}-return` })),
    );
    await lab.postgres.halt();
    const appending = Promise.all(
      ['fetched', 'refunded'].map((type) =>
        persist(
          async () =>
            log.append(orders.map((subject) => sampleEvent({ subject, type, id: `${subject}-${type}` }))),
          90_000,
        ),
      ),
    );
    await expect(log.head()).rejects.toMatchObject({ code: 'database-unavailable' });
    // Longer than any lease, so that all of them end and are taken again.
    await persist(async () => {
      if (!alive.output().includes('cannot be looked at'))
        throw new Error(`not noticed yet:\n${alive.output()}`);
      return Promise.resolve();
    });
    await lab.postgres.start();
    await appending;
    await allDelivered(['returned']);
    expect(typesBySubject('first').get('order-7')).toEqual(
      expect.arrayContaining(['returned', 'fetched', 'refunded']),
    );
  }, 180_000);
});

/** Waits until nothing lags, then holds each sink's events against what was appended. */
async function allDelivered(more: readonly string[] = []): Promise<void> {
  await persist(async () => {
    const states = await listSubscriptions(log.database);
    const behind = states
      .filter(({ name }) => names.includes(name))
      .filter(({ lag, open }) => lag + open.retrying + open.waiting > 0);
    if (behind.length > 0) throw new Error(`${behind.map(({ name }) => name).join(', ')} not done yet`);
  }, 60_000);
  for (const name of names) {
    const seen = typesBySubject(name);
    expect([...seen.keys()].toSorted()).toEqual(orders.toSorted());
    for (const types of seen.values())
      expect(types.slice(0, steps.length + more.length)).toEqual([...steps, ...more]);
  }
}

/** The types that a sink got, in their order, by subject. Once more is allowed: a target knows an event by its id. */
function typesBySubject(name: string): ReadonlyMap<string, readonly string[]> {
  const seen = new Map<string, string[]>();
  for (const { headers } of sink.got(name)) {
    const types = seen.get(String(headers['ce-subject'])) ?? [];
    const type = String(headers['ce-type']);
    if (!types.includes(type)) types.push(type);
    seen.set(String(headers['ce-subject']), types);
  }
  return seen;
}
