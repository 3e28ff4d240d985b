import type { DeliveryError, DeliveryResource } from '../../core/delivery-resource.ts';
import type { Queryable } from '../database.ts';
import { eventColumns, type EventRow, toRecordedEvent } from '../recorded-event.ts';

type Row = EventRow & {
  readonly state: DeliveryResource['state'];
  readonly attempts: number;
  readonly next_attempt_at: Date | null;
  readonly error: DeliveryError | null;
};

/** Lists the open deliveries of a subscription in the order of the log. */
export async function listDeliveries(
  database: Queryable,
  subscription: string,
  { state, limit }: { readonly state: DeliveryResource['state'] | null; readonly limit: number },
): Promise<readonly DeliveryResource[]> {
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
