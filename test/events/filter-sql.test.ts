import { afterAll, beforeAll, expect, it } from 'vitest';

import type { EventFilter } from '../../src/core/event-filter.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import { filterSql } from '../../src/events/filter-sql.ts';
import { type LogLab, openLogLab, sampleEvent } from './lab.ts';

let lab: LogLab;
let log: EventLog;

beforeAll(async () => {
  lab = await openLogLab();
  log = await lab.open();
  const events = Array.from({ length: 5_000 }, (_, number) =>
    sampleEvent({ type: `type-${number}`, subject: `subject-${number}`, correlationid: `case-${number}` }),
  );
  await log.append(events);
  await log.database.query({ text: 'ANALYZE baton.events' });
});
afterAll(() => lab.close());

it.each<[string, EventFilter]>([
  ['events_by_type', { types: ['type-7'] }],
  ['events_by_subject', { subject: 'subject-7' }],
  ['events_by_correlation', { attributes: { correlationid: 'case-7' } }],
])('finds what is rare by the index %s', async (index, filter) => {
  const { text, values } = filterSql(filter, 1);
  const { rows } = await log.database.query<{ 'QUERY PLAN': string }>({
    text: `EXPLAIN SELECT position FROM baton.events WHERE position > 0 AND ${text} ORDER BY position LIMIT 100`,
    values,
  });
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(index);
});
