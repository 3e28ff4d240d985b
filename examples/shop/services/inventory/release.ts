import { recordEffect } from '../shared/effects.ts';
import type { Fact } from '../shared/events/fact.ts';
import type { Change } from '../shared/operation.ts';

interface Reserved {
  readonly order_id: string;
  readonly sku: string;
  readonly quantity: number;
}

/** Undoes `reserve`: puts the pieces back. What was never reserved is only marked, so that a late `reserve` is refused. */
export const release: Change<{ path: { reservationId: string } }> = async (transaction, { path }) => {
  const { reservationId } = path;

  await transaction.query(
    `INSERT INTO reservations (reservation_id, status) VALUES ($1, 'released')
     ON CONFLICT (reservation_id) DO NOTHING`,
    [reservationId],
  );
  const { rows } = await transaction.query<Reserved>(
    `UPDATE reservations SET status = 'released' WHERE reservation_id = $1 AND status = 'reserved'
     RETURNING order_id, sku, quantity`,
    [reservationId],
  );
  for (const { order_id: orderId, sku, quantity } of rows) {
    await transaction.query('UPDATE stock SET on_hand = on_hand + $2 WHERE sku = $1', [sku, quantity]);
    await recordEffect(transaction, {
      effect: 'released',
      orderId,
      reference: reservationId,
      amount: quantity,
    });
  }
  const [released] = rows;
  return {
    status: 200,
    body: { reservationId, status: 'released' },
    ...(released !== undefined && { fact: factOf(released) }),
  };
};

function factOf({ order_id: orderId, sku, quantity }: Reserved): Fact {
  return { type: 'stock.released', orderId, data: { lines: [{ sku, quantity }] } };
}
