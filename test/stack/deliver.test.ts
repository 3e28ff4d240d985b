import { tmpdir } from 'node:os';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { EventLog } from '../../src/events/event-log.ts';
import { defaultDeliveryPolicy } from '../../src/events/subscriptions/subscription.ts';
import { createSubscription, listSubscriptions } from '../../src/events/subscriptions/subscription-store.ts';
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
    text: "SELECT owner FROM baton.consumers WHERE lease_until > now() AND name LIKE 'subscription/%'",
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

    await persist(async () => {
      const open = (await listSubscriptions(log.database)).filter(({ lag }) => lag > 0);
      if (open.length > 0) throw new Error(`${open.map(({ name }) => name).join(', ')} not done yet`);
    }, 60_000);
    for (const name of names) {
      const seen = new Map<string, string[]>();
      for (const { headers } of sink.got(name)) {
        const subject = String(headers['ce-subject']);
        const types = seen.get(subject) ?? [];
        const type = String(headers['ce-type']);
        // Once more is allowed; a target knows the event by its id.
        if (!types.includes(type)) types.push(type);
        seen.set(subject, types);
      }
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(orders.map((order) => [order, steps])));
    }
  }, 120_000);
});
