import type { EventFilter } from '../core/event-filter.ts';
import type { Queryable } from './database.ts';
import { filterSql } from './filter-sql.ts';
import { eventColumns, type EventRow, type RecordedEvent, toRecordedEvent } from './recorded-event.ts';

export interface ReadOptions {
  /** Events behind this position; 0 = from the beginning. */
  readonly after: number;
  /** Up to this position. */
  readonly upTo?: number;
  readonly filter?: EventFilter;
  /** So many at the most. */
  readonly limit: number;
}

export interface EventPage {
  readonly events: readonly RecordedEvent[];
  /** Nothing that fits stands between `after` and here but `events`: the position to read on from. */
  readonly next: number;
  /** The last position of the log. */
  readonly head: number;
}

type Row = { readonly head: string } & (EventRow | { readonly [Column in keyof EventRow]: null });

/**
 * Reads on in the log. The head is of the same moment as the events, so a reader whose filter fits few of them still
 * moves on to it.
 *
 * @throws BatonError `database-unavailable`
 */
export async function readEvents(
  database: Queryable,
  { after, upTo, filter = {}, limit }: ReadOptions,
): Promise<EventPage> {
  const condition = filterSql(filter, 4);
  const { rows } = await database.query<Row>({
    text: `
      SELECT log.head, found.* FROM (SELECT coalesce(max(position), 0) AS head FROM baton.events) AS log
      LEFT JOIN LATERAL (
        SELECT ${eventColumns} FROM baton.events
        WHERE position > $1 AND position <= least(log.head, $2::bigint) AND ${condition.text}
        ORDER BY position LIMIT $3
      ) AS found ON true
      ORDER BY found.position`,
    values: [after, upTo ?? null, limit, ...condition.values],
  });
  const events = rows.flatMap((row) => (row.position === null ? [] : [toRecordedEvent(row)]));
  const head = Number(rows[0]?.head ?? 0);
  const end = upTo === undefined ? head : Math.min(head, upTo);
  const last = events.at(-1)?.position ?? after;
  return { events, next: events.length < limit ? Math.max(after, end) : last, head };
}

/** @returns the last position of the log; 0 where it is empty */
export async function readHead(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ head: string }>({
    name: 'head',
    text: 'SELECT coalesce(max(position), 0) AS head FROM baton.events',
  });
  return Number(rows[0]?.head ?? 0);
}

/**
 * Finds the place of a time in the log.
 *
 * @returns the position before the first event recorded at that time or later
 */
export async function positionBefore(database: Queryable, time: Date): Promise<number> {
  const { rows } = await database.query<{ position: string }>({
    name: 'position-before',
    text: `
      SELECT coalesce(
        (SELECT position - 1 FROM baton.events WHERE recorded_at >= $1 ORDER BY position LIMIT 1),
        (SELECT max(position) FROM baton.events), 0) AS position`,
    values: [time],
  });
  return Number(rows[0]?.position ?? 0);
}
