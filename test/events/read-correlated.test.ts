import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Queryable } from '../../src/events/database.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import { readCorrelated } from '../../src/events/read-correlated.ts';
import { type LogLab, openLogLab, sampleEvent } from './lab.ts';

let lab: LogLab;
let log: EventLog;

beforeAll(async () => {
  lab = await openLogLab();
  log = await lab.open();
  const others = Array.from({ length: 5_000 }, (_, number) =>
    sampleEvent({ subject: `subject-${number}`, correlationid: `case-${number}` }),
  );
  await log.append([
    sampleEvent({ id: 'by subject', subject: 'mine' }),
    ...others,
    sampleEvent({ id: 'by both', subject: 'mine', correlationid: 'mine' }),
    sampleEvent({ id: 'by correlation', correlationid: 'mine', subject: 'other' }),
    sampleEvent({ id: 'by neither', correlationid: 'other', causationid: 'mine' }),
  ]);
  await log.database.query({ text: 'ANALYZE baton.events' });
});
afterAll(() => lab.close());

const read = async (key: string, limit: number) => {
  const { events, isCut } = await readCorrelated(log.database, key, limit);
  return { ids: events.map(({ event }) => event.id), isCut };
};

it('finds events by subject or correlation, each once, in the order of the log', async () => {
  expect(await read('mine', 3)).toEqual({ ids: ['by subject', 'by both', 'by correlation'], isCut: false });
});

it('tells the latest of too many, and that there are more', async () => {
  expect(await read('mine', 2)).toEqual({ ids: ['by both', 'by correlation'], isCut: true });
});

it('finds nothing of a key that nothing carries, and still knows the time', async () => {
  const { events, isCut, now } = await readCorrelated(log.database, 'nothing', 3);
  expect({ events, isCut }).toEqual({ events: [], isCut: false });
  expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
});

it('looks into the indexes only, not through the log', async () => {
  const used = await log.database.transact(async (transaction) => {
    const before = await scans(transaction);
    await readCorrelated(transaction, 'case-7', 1_000);
    const after = await scans(transaction);
    return [...after.keys()].filter((name) => after.get(name) !== before.get(name));
  });
  expect(used.toSorted()).toEqual(['events_by_correlation', 'events_by_subject', 'events_pkey']);
});

/** How often this connection has looked through the log and into each of its indexes. */
async function scans(database: Queryable): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query<{ name: string; scans: string }>({
    text: `
      SELECT relname AS name, pg_stat_get_xact_numscans(pg_class.oid) AS scans
      FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE nspname = 'baton' AND relname LIKE 'events%'`,
  });
  return new Map(rows.map((row) => [row.name, row.scans]));
}
