import type { CloudEvent } from '../core/cloud-event.ts';
import type { Queryable } from './database.ts';

/** Where an event stands in the log. */
export interface Appended {
  readonly position: number;
  /** The log had an event of this source and id before; nothing was written. */
  readonly isKnown: boolean;
}

interface PositionRow {
  readonly position: string;
  readonly source: string;
  readonly id: string;
}

const insert = `
  INSERT INTO baton.events (source, id, type, subject, attributes, data, data_base64)
  SELECT source, id, type, subject, attributes::jsonb, data::json, data_base64
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
    WITH ORDINALITY AS event (source, id, type, subject, attributes, data, data_base64, place)
  ORDER BY place
  ON CONFLICT (source, id) DO NOTHING
  RETURNING position, source, id`;

const find = `
  SELECT position, source, id FROM baton.events
  WHERE (source, id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`;

/**
 * Appends events in their order, all or none. Inside a transaction of the caller's it comes last: from here until the
 * commit no one else appends.
 *
 * @returns for each event its place
 * @throws BatonError `database-unavailable`
 */
export async function appendEvents(
  database: Queryable,
  events: readonly CloudEvent[],
): Promise<readonly Appended[]> {
  if (events.length === 0) return [];
  const { rows } = await database.query<PositionRow>({
    name: 'append',
    text: insert,
    values: toColumns(events),
  });
  const written = byIdentity(rows);
  const known = await findKnown(
    database,
    events.filter((event) => !written.has(identity(event))),
  );
  const seen = new Set<string>();
  return events.map((event) => {
    const key = identity(event);
    const position = written.get(key);
    // The second of two in one batch finds the first.
    const isKnown = position === undefined || seen.has(key);
    seen.add(key);
    return { position: Number(position ?? known.get(key)), isKnown };
  });
}

async function findKnown(
  database: Queryable,
  events: readonly CloudEvent[],
): Promise<ReadonlyMap<string, string>> {
  if (events.length === 0) return new Map();
  const values = [events.map(({ source }) => source), events.map(({ id }) => id)];
  const { rows } = await database.query<PositionRow>({ name: 'find-appended', text: find, values });
  return byIdentity(rows);
}

function toColumns(events: readonly CloudEvent[]): unknown[] {
  return [
    events.map(({ source }) => source),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ subject }) => subject ?? null),
    events.map(attributesText),
    events.map(({ data }) => (data === undefined ? null : JSON.stringify(data))),
    events.map(({ data_base64: binary }) => binary ?? null),
  ];
}

function attributesText(event: CloudEvent): string {
  const isAttribute = ([name]: readonly [string, unknown]): boolean =>
    name !== 'data' && name !== 'data_base64';
  return JSON.stringify(Object.fromEntries(Object.entries(event).filter(isAttribute)));
}

function identity({ source, id }: { readonly source: string; readonly id: string }): string {
  return JSON.stringify([source, id]);
}

function byIdentity(rows: readonly PositionRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [identity(row), row.position]));
}
