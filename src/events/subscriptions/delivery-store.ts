import type { Database, Queryable } from '../database.ts';
import { type Lease, LeaseLost } from '../consumers/lease.ts';
import { eventColumns, type EventRow, type RecordedEvent, toRecordedEvent } from '../recorded-event.ts';
import type { DeliveryError } from '../../core/delivery-resource.ts';

/** An event that is not delivered yet, and has a row of its own, so that the cursor may pass it. */
export interface OpenDelivery {
  readonly recorded: RecordedEvent;
  /** `waiting`: behind another one of its subject. */
  readonly state: 'retrying' | 'waiting' | 'parked';
  /** Made so far. */
  readonly attempts: number;
  /** Milliseconds from now; 0 where it is due. */
  readonly dueIn: number;
}

export interface DeliveryRecord {
  readonly position: number;
  readonly state: OpenDelivery['state'];
  readonly attempts: number;
  /** Milliseconds from now. */
  readonly dueIn: number | null;
  readonly error: DeliveryError | null;
}

/** The open deliveries of one subscription, as its holder keeps them. Every write is refused when the lease is lost. */
export interface DeliveryStore {
  /** All that are open, in the order of the log. */
  load(): Promise<readonly OpenDelivery[]>;
  /** @throws LeaseLost */
  record(records: readonly DeliveryRecord[]): Promise<void>;
  /** @throws LeaseLost */
  remove(position: number): Promise<void>;
}

type OpenRow = EventRow & {
  readonly state: OpenDelivery['state'];
  readonly attempts: number;
  readonly due_in: string | null;
};

const fence = 'SELECT FROM baton.consumers WHERE name = $1 AND epoch = $2 FOR NO KEY UPDATE';

export function openDeliveryStore(database: Database, subscription: string, lease: Lease): DeliveryStore {
  const holder = [lease.consumer, lease.epoch];
  /** Each is one statement that does nothing where the lease is lost. */
  const write = async (name: string, text: string, values: readonly unknown[]): Promise<void> => {
    const { rows } = await database.query<{ held: boolean }>({ name, text, values: [...holder, ...values] });
    if (rows[0]?.held !== true) throw new LeaseLost(lease.consumer);
  };
  return {
    load: async () => loadOpen(database, subscription),
    record: async (records) =>
      write(
        'record-deliveries',
        `WITH held AS (${fence}), written AS (
          INSERT INTO baton.deliveries (subscription, position, state, attempts, next_attempt_at, error)
          SELECT $3, position, state, attempts, now() + due_in * interval '1 millisecond', error::jsonb
          FROM unnest($4::bigint[], $5::text[], $6::integer[], $7::bigint[], $8::text[])
            AS record (position, state, attempts, due_in, error)
          WHERE EXISTS (SELECT FROM held)
          ON CONFLICT (subscription, position) DO UPDATE SET
            state = excluded.state, attempts = excluded.attempts, next_attempt_at = excluded.next_attempt_at,
            error = excluded.error, changed_at = now()
        ) SELECT EXISTS (SELECT FROM held) AS held`,
        [
          subscription,
          records.map(({ position }) => position),
          records.map(({ state }) => state),
          records.map(({ attempts }) => attempts),
          records.map(({ dueIn }) => dueIn),
          records.map(({ error }) => (error === null ? null : JSON.stringify(error))),
        ],
      ),
    remove: async (position) =>
      write(
        'remove-delivery',
        `WITH held AS (${fence}), removed AS (
          DELETE FROM baton.deliveries
          WHERE subscription = $3 AND position = $4 AND EXISTS (SELECT FROM held)
        ) SELECT EXISTS (SELECT FROM held) AS held`,
        [subscription, position],
      ),
  };
}

async function loadOpen(database: Queryable, subscription: string): Promise<readonly OpenDelivery[]> {
  const { rows } = await database.query<OpenRow>({
    name: 'load-deliveries',
    text: `
      SELECT ${eventColumns}, state, attempts,
        greatest(0, extract(epoch FROM next_attempt_at - now()) * 1000)::bigint AS due_in
      FROM baton.deliveries JOIN baton.events USING (position)
      WHERE subscription = $1 ORDER BY position`,
    values: [subscription],
  });
  return rows.map((row) => ({
    recorded: toRecordedEvent(row),
    state: row.state,
    attempts: row.attempts,
    dueIn: Number(row.due_in ?? 0),
  }));
}
