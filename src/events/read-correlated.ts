import type { Queryable } from './database.ts';
import { eventColumns, type EventRow, type RecordedEvent, toRecordedEvent } from './recorded-event.ts';

interface CorrelatedEvents {
  /** In the order of their positions. */
  readonly events: readonly RecordedEvent[];
  /** There are earlier ones, which were left out. */
  readonly isCut: boolean;
  /** Milliseconds since 1970, by PostgreSQL's clock, from before the events were read. */
  readonly now: number;
}

type Row = { readonly now: Date } & (EventRow | { readonly [Column in keyof EventRow]: null });

// Each of the two is read by its index; one condition with OR is not, where it must be ordered and limited too.
const select = `
  SELECT clock.now, found.* FROM (SELECT clock_timestamp() AS now) AS clock
  LEFT JOIN LATERAL (
    SELECT ${eventColumns} FROM baton.events
    JOIN (
      (SELECT position FROM baton.events WHERE subject = $1::text ORDER BY position DESC LIMIT $2)
      UNION
      (SELECT position FROM baton.events
       WHERE attributes ? 'correlationid' AND attributes ->> 'correlationid' = $1::text
       ORDER BY position DESC LIMIT $2)
    ) AS latest USING (position)
    ORDER BY position DESC LIMIT $2
  ) AS found ON true
  ORDER BY found.position`;

/**
 * Reads the events whose subject or `correlationid` is the key: the latest, so that of each event that is told all that
 * came after it is told too.
 *
 * @param limit so many at the most
 * @throws BatonError `database-unavailable`
 */
export async function readCorrelated(
  database: Queryable,
  key: string,
  limit: number,
): Promise<CorrelatedEvents> {
  const { rows } = await database.query<Row>({
    name: 'read-correlated',
    text: select,
    values: [key, limit + 1],
  });
  const events = rows.flatMap((row) => (row.position === null ? [] : [toRecordedEvent(row)]));
  return {
    events: events.slice(-limit),
    isCut: events.length > limit,
    now: rows[0]?.now.getTime() ?? 0,
  };
}
