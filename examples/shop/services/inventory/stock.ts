import type { Read } from '../shared/operation.ts';
import { Problem } from '../shared/problem.ts';

export const stock: Read<{ path: { sku: string } }> = async (database, { path: { sku } }) => {
  const { rows } = await database.query<{ onHand: number }>(
    'SELECT on_hand AS "onHand" FROM stock WHERE sku = $1',
    [sku],
  );
  const [found] = rows;
  if (found === undefined) throw new Problem(404, 'unknown-sku', { detail: `There is no SKU ${sku}` });
  return { status: 200, body: { sku, onHand: found.onHand } };
};
