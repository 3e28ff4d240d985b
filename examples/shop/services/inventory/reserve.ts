import type { Transaction } from '../shared/database.ts';
import { recordEffect } from '../shared/effects.ts';
import type { Change } from '../shared/operation.ts';
import { Problem } from '../shared/problem.ts';

interface Reserve {
  path: { reservationId: string };
  body: { orderId: string; sku: string; quantity: number };
}

/** Puts pieces aside for an order. */
export const reserve: Change<Reserve> = async (transaction, { path: { reservationId }, body }) => {
  const { orderId, sku, quantity } = body;

  const made = await transaction.query(
    `INSERT INTO reservations (reservation_id, status, order_id, sku, quantity)
     VALUES ($1, 'reserved', $2, $3, $4) ON CONFLICT (reservation_id) DO NOTHING`,
    [reservationId, orderId, sku, quantity],
  );
  if (made.rowCount === 0) throw await alreadyThere(transaction, reservationId);

  const taken = await transaction.query(
    'UPDATE stock SET on_hand = on_hand - $2 WHERE sku = $1 AND on_hand >= $2',
    [sku, quantity],
  );
  if (taken.rowCount === 0) throw await notTaken(transaction, sku);

  await recordEffect(transaction, {
    effect: 'reserved',
    orderId,
    reference: reservationId,
    amount: quantity,
  });
  return {
    status: 201,
    body: { reservationId, sku, quantity, status: 'reserved' },
    fact: { type: 'stock.reserved', orderId, data: { lines: [{ sku, quantity }] } },
  };
};

async function alreadyThere(transaction: Transaction, reservationId: string): Promise<Problem> {
  const { rows } = await transaction.query<{ status: string }>(
    'SELECT status FROM reservations WHERE reservation_id = $1',
    [reservationId],
  );
  const status = rows[0]?.status ?? 'reserved';
  return new Problem(409, `already-${status}`, { detail: `The reservation ${reservationId} is ${status}` });
}

async function notTaken(transaction: Transaction, sku: string): Promise<Problem> {
  const { rows } = await transaction.query<{ on_hand: number }>('SELECT on_hand FROM stock WHERE sku = $1', [
    sku,
  ]);
  const [found] = rows;
  return found === undefined
    ? new Problem(404, 'unknown-sku', { detail: `There is no SKU ${sku}` })
    : new Problem(409, 'out-of-stock', { detail: `There are only ${found.on_hand} of ${sku} left` });
}
