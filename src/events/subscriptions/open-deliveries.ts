import type { Queryable } from '../database.ts';
import { eventColumns, type EventRow, type RecordedEvent, toRecordedEvent } from '../recorded-event.ts';
import type { DeliveryError } from './delivery-outcome.ts';

/** An event that a subscription has not delivered yet, as a person looks at it. */
export interface ListedDelivery extends RecordedEvent {
  readonly state: 'retrying' | 'waiting' | 'parked';
  readonly attempts: number;
  /** ISO 8601; `null` where it waits for another event or for a person. */
  readonly nextAttemptAt: string | null;
  readonly error: DeliveryError | null;
}

type Row = EventRow & {
  readonly state: ListedDelivery['state'];
  readonly attempts: number;
  readonly next_attempt_at: Date | null;
  readonly error: DeliveryError | null;
};

/** Lists the open deliveries of a subscription in the order of the log. */
export async function listDeliveries(
  database: Queryable,
  subscription: string,
  { state, limit }: { readonly state: ListedDelivery['state'] | null; readonly limit: number },
): Promise<readonly ListedDelivery[]> {
  const { rows } = await database.query<Row>({
    name: 'list-deliveries',
    text: `
      SELECT ${eventColumns}, state, attempts, next_attempt_at, error
      FROM baton.deliveries JOIN baton.events USING (position)
      WHERE subscription = $1 AND ($2::text IS NULL OR state = $2)
      ORDER BY position LIMIT $3`,
    values: [subscription, state, limit],
  });
  return rows.map((row) => ({
    ...toRecordedEvent(row),
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    error: row.error,
  }));
}
