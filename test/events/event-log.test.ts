import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { CloudEvent } from '../../src/core/cloud-event.ts';
import { appendEvents } from '../../src/events/append-events.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import { migrate } from '../../src/events/migrate.ts';
import { type LogLab, openLogLab, sampleEvent } from './lab.ts';

let lab: LogLab;
let log: EventLog;

beforeAll(async () => {
  lab = await openLogLab();
  log = await lab.open();
});

afterAll(async () => {
  await lab.close();
});

async function all(after = 0): Promise<CloudEvent[]> {
  const { events } = await log.read({ after, limit: 10_000 });
  return events.map(({ event }) => event);
}

describe('the log', () => {
  it('keeps events as they are, in their order', async () => {
    const after = await log.head();
    const events = [
      sampleEvent({ data: { text: 'ü\u0000', list: [1, null, true], number: 1.5e300 }, subject: 's' }),
      sampleEvent({ data: null }),
      sampleEvent({ data: false, urgent: true, count: 3, style: 'hybrid' }),
      sampleEvent({ data_base64: 'aGk=', datacontenttype: 'image/png' }),
      sampleEvent({ time: '2026-01-31T12:00:00.123456+01:00', dataschema: 'urn:x' }),
    ];
    const appended = await log.append(events);
    expect(await all(after)).toEqual(events);
    expect(appended.map(({ isKnown }) => isKnown)).toEqual(events.map(() => false));
    const positions = appended.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((left, right) => left - right));
  });

  it('takes an event once, also twice in one batch, and says where it is', async () => {
    const after = await log.head();
    const event = sampleEvent({ data: 1 });
    const [first] = await log.append([event]);
    const again = await log.append([
      { ...event, data: 2 },
      sampleEvent({ id: 'new' }),
      sampleEvent({ id: 'new' }),
    ]);
    expect(again.map(({ isKnown }) => isKnown)).toEqual([true, false, true]);
    expect(again[0]?.position).toBe(first?.position);
    expect(again[2]?.position).toBe(again[1]?.position);
    expect((await all(after)).map(({ data }) => data)).toEqual([1, undefined]);
  });

  it('tells the same id of another source from it', async () => {
    const after = await log.head();
    await log.append([sampleEvent({ id: '1', source: '/a' }), sampleEvent({ id: '1', source: '/b' })]);
    expect(await all(after)).toHaveLength(2);
  });

  it('appends all of a batch or nothing', async () => {
    const after = await log.head();
    const broken = sampleEvent({ subject: 'a\u0000b' });
    await expect(log.append([sampleEvent(), broken])).rejects.toThrow();
    expect(await all(after)).toEqual([]);
  });

  it('changes nothing that was written', async () => {
    await log.append([sampleEvent()]);
    await expect(log.database.query({ text: "UPDATE baton.events SET type = 'x'" })).rejects.toThrow(
      'append-only',
    );
  });

  it('reads by type, source, subject, attribute and position', async () => {
    const after = await log.head();
    await log.append([
      sampleEvent({ id: 'a', type: 'one', subject: 'x', style: 'hybrid' }),
      sampleEvent({ id: 'b', type: 'two', subject: 'x', source: '/other' }),
      sampleEvent({ id: 'c', type: 'one', subject: 'y', urgent: true }),
    ]);
    const ids = async (filter: object, limit = 10): Promise<string[]> =>
      (await log.read({ after, filter, limit })).events.map(({ event }) => event.id);
    expect(await ids({})).toEqual(['a', 'b', 'c']);
    expect(await ids({}, 2)).toEqual(['a', 'b']);
    expect(await ids({ types: ['one'] })).toEqual(['a', 'c']);
    expect(await ids({ types: ['one', 'two'], subject: 'x' })).toEqual(['a', 'b']);
    expect(await ids({ source: '/other' })).toEqual(['b']);
    expect(await ids({ attributes: { style: 'hybrid' } })).toEqual(['a']);
    expect(await ids({ attributes: { urgent: true } })).toEqual(['c']);
    // HTTP headers have texts only, so what is meant is told by its text.
    expect(await ids({ attributes: { urgent: 'true' } })).toEqual(['c']);
    expect(await ids({ attributes: { style: 'hybrid', urgent: true } })).toEqual([]);
  });

  it('moves a reader on past what its filter leaves out', async () => {
    await log.append([sampleEvent(), sampleEvent()]);
    const { events, next, head } = await log.read({ after: 0, filter: { types: ['never'] }, limit: 1 });
    expect({ events, next }).toEqual({ events: [], next: head });
  });

  it('finds the place of a time', async () => {
    const [before] = await log.append([sampleEvent()]);
    const [event] = await log.append([sampleEvent()]);
    const { events } = await log.read({ after: before?.position ?? 0, limit: 1 });
    const at = new Date(events[0]?.recordedAt ?? '');
    const found = await log.positionBefore(at);
    expect(found).toBeLessThan(event?.position ?? 0);
    expect(await log.positionBefore(new Date(Date.now() + 60_000))).toBe(await log.head());
    expect(await log.positionBefore(new Date(0))).toBeLessThanOrEqual(1);
  });
});

describe('a reader', () => {
  it('misses nothing of two transactions that would commit in reverse order', async () => {
    const after = await log.head();
    const letFirstCommit = createGate();
    const firstHasAppended = createGate();
    const first = log.database.transact(async (transaction) => {
      await appendEvents(transaction, [sampleEvent({ id: 'first' })]);
      firstHasAppended.open();
      await letFirstCommit.opened;
    });
    await firstHasAppended.opened;
    // Begun later and done at once: were it let through, its position would be the higher one and seen before the first's.
    const second = log.append([sampleEvent({ id: 'second' })]);
    await untilSomeoneWaitsForTheLock();
    const seen = await log.read({ after, limit: 10 });
    expect(seen.events).toEqual([]);

    letFirstCommit.open();
    await Promise.all([first, second]);
    const { events } = await log.read({ after: seen.next, limit: 10 });
    expect(events.map(({ event }) => event.id)).toEqual(['first', 'second']);
  });

  it('misses nothing of many that append at once', async () => {
    const other = await lab.open(log.database.url);
    const after = await log.head();
    const stop = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { events } of other.follow({ after, signal: stop.signal })) {
        seen.push(...events.map(({ event }) => event.id));
        if (seen.length >= 400) return;
      }
    })();
    const ids = Array.from({ length: 400 }, (_, number) => `many-${number}`);
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (const id of ids.filter((__, number) => number % 8 === writer))
          await log.append([sampleEvent({ id })]);
      }),
    );
    await reading;
    stop.abort();
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('goes on when its connection for notifications was cut', async () => {
    const stop = new AbortController();
    const pages = log.follow({ after: await log.head(), signal: stop.signal })[Symbol.asyncIterator]();
    await pages.next();
    await log.database.query({
      text: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'baton wake-up' AND datname = current_database()",
    });
    await log.append([sampleEvent({ id: 'after the cut' })]);
    const ids: string[] = [];
    while (ids.length === 0) {
      const page = await pages.next();
      if (page.done === true) throw new Error('the log was followed to an end');
      ids.push(...page.value.events.map(({ event }) => event.id));
    }
    stop.abort();
    expect(ids).toEqual(['after the cut']);
  });
});

describe('the tables', () => {
  it('are made once, whoever starts first', async () => {
    const url = await lab.postgres.createDatabase();
    await Promise.all(Array.from({ length: 5 }, () => migrate(url)));
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM baton.migrations');
    const files = await client.query<{ name: string }>('SELECT DISTINCT name FROM baton.migrations');
    await client.end();
    expect(Number(rows[0]?.count)).toBe(files.rows.length);
  });

  it('are asked for at a server that is not there with its address, and without the password', async () => {
    const asking = migrate('postgres://baton:secret@127.0.0.1:1/baton');
    await expect(asking).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringMatching(/127\.0\.0\.1:1 .*DATABASE_URL/) as string,
    });
    await expect(asking).rejects.not.toThrow('secret');
  });

  it('are asked for again when PostgreSQL goes away while they are made; that ends no process', async () => {
    const url = await lab.postgres.createDatabase();
    await migrate(url);
    const [holder, cutter] = [new pg.Client(url), new pg.Client(url)];
    await Promise.all([holder.connect(), cutter.connect()]);
    await holder.query('BEGIN; LOCK TABLE baton.migrations IN ACCESS EXCLUSIVE MODE');
    const asking = expect(migrate(url)).rejects.toMatchObject({ code: 'database-unavailable' });
    const cut = `SELECT pg_terminate_backend(pid) AS "isCut" FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await vi.waitFor(async () => {
      expect((await cutter.query<{ isCut: boolean }>(cut)).rows).toEqual([{ isCut: true }]);
    }, 10_000);
    await asking;
    await Promise.all([holder.end(), cutter.end()]);
    await migrate(url);
  });
});

async function untilSomeoneWaitsForTheLock(): Promise<void> {
  for (;;) {
    const { rows } = await log.database.query<{ waiting: boolean }>({
      text: "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted) AS waiting",
    });
    if (rows[0]?.waiting === true) return;
  }
}

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

function createGate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
