import type { OpenDelivery } from '../../core/delivery-resource.ts';
import type { Queryable } from '../database.ts';

/** A subscription that has not delivered an event yet: it failed, or waits behind another event of its subject. */
interface Undelivered extends OpenDelivery {
  readonly subscription: string;
}

interface Row extends Omit<Undelivered, 'position' | 'nextAttemptAt'> {
  readonly position: string;
  readonly nextAttemptAt: Date | null;
}

/**
 * Finds who has not got these events yet, in the order of the log. An event that no subscription has come to yet is not among
 * them.
 *
 * @throws BatonError `database-unavailable`
 */
export async function findUndelivered(
  database: Queryable,
  positions: readonly number[],
): Promise<readonly Undelivered[]> {
  if (positions.length === 0) return [];
  const { rows } = await database.query<Row>({
    name: 'find-undelivered',
    text: `
      SELECT subscription, position, state, attempts, next_attempt_at AS "nextAttemptAt", error
      FROM baton.deliveries WHERE position = ANY($1::bigint[]) ORDER BY position, subscription`,
    values: [positions],
  });
  return rows.map((row) => ({
    ...row,
    position: Number(row.position),
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  }));
}
