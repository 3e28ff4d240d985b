import { orderData, reactTo } from '../shared/events/reaction.ts';
import { linesOf, reservationOf } from './order-lines.ts';
import { release } from './release.ts';

/** Puts back what was put aside for an order that comes to nothing. */
export const orderLost = reactTo(
  orderData,
  async (transaction, { orderId }) => {
    const released = [];
    for (const [index, { sku, quantity }] of (await linesOf(transaction, orderId)).entries()) {
      const path = { reservationId: reservationOf(orderId, index) };
      const { fact } = await release(transaction, { path });
      if (fact !== undefined) released.push({ sku, quantity });
    }
    return released.length === 0 ? [] : [{ type: 'stock.released', orderId, data: { lines: released } }];
  },
  'release',
);
