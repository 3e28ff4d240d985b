import { z } from 'zod';

import { needsApproval, totalOf } from '../../orders/rules.ts';
import { orderData, reactTo } from '../shared/events/reaction.ts';

const placed = orderData.extend({
  lines: z.array(z.object({ quantity: z.int().min(1), unitPrice: z.int().min(1) })).min(1),
  currency: z.string(),
  card: z.string(),
  approvalLimit: z.int().optional(),
});

/** Remembers what the order costs, and who pays. An order is placed once: a second one under its number is passed over. */
export const orderPlaced = reactTo(placed, async (transaction, order) => {
  await transaction.query(
    `INSERT INTO orders (order_id, amount, currency, card, needs_approval)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (order_id) DO NOTHING`,
    [order.orderId, totalOf(order), order.currency, order.card, needsApproval(order)],
  );
  return [];
});
