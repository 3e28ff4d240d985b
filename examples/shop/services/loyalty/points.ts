import type { Read } from '../shared/operation.ts';

/** A customer of whom nothing was heard has none. */
export const points: Read<{ path: { customer: string } }> = async (database, { path: { customer } }) => {
  const { rows } = await database.query<{ points: number }>(
    'SELECT coalesce(sum(points), 0)::int AS points FROM points JOIN orders USING (order_id) WHERE customer = $1',
    [customer],
  );
  return { status: 200, body: { customer, points: rows[0]?.points ?? 0 } };
};
