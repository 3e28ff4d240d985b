import { z } from 'zod';

import { orderData, reactTo } from '../shared/events/reaction.ts';
import { unlessRefused } from '../shared/events/refusals.ts';
import { reservationOf } from './order-lines.ts';
import { refusals } from './refusals.ts';
import { reserve } from './reserve.ts';

const placed = orderData.extend({
  lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).min(1),
});

/** Puts all that was ordered aside, or nothing. An order is placed once: a second one under its number is passed over. */
export const orderPlaced = reactTo(
  placed,
  async (transaction, { orderId, lines }) => {
    const made = await transaction.query(
      'INSERT INTO orders (order_id, lines) VALUES ($1, $2) ON CONFLICT (order_id) DO NOTHING',
      [orderId, JSON.stringify(lines)],
    );
    if (made.rowCount === 0) return [];
    return unlessRefused(transaction, { refusals, orderId }, async () => {
      const numbered = lines.map((line, index) => ({
        ...line,
        reservationId: reservationOf(orderId, index),
      }));
      // Two orders that lock the same articles must not do so in opposite order.
      for (const { reservationId, sku, quantity } of numbered.toSorted(bySku)) {
        await reserve(transaction, { path: { reservationId }, body: { orderId, sku, quantity } });
      }
      return [{ type: 'stock.reserved', orderId, data: { lines } }];
    });
  },
  'reserve',
);

function bySku(one: { readonly sku: string }, other: { readonly sku: string }): number {
  return one.sku < other.sku ? -1 : 1;
}
