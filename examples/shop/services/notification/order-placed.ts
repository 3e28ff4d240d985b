import { z } from 'zod';

import { orderData, reactTo } from '../shared/events/reaction.ts';

const placed = orderData.extend({ customer: z.object({ email: z.string() }) });

/** Remembers who is to be told. An order is placed once: a second one under its number is passed over. */
export const orderPlaced = reactTo(placed, async (transaction, { orderId, customer }) => {
  await transaction.query(
    'INSERT INTO orders (order_id, email) VALUES ($1, $2) ON CONFLICT (order_id) DO NOTHING',
    [orderId, customer.email],
  );
  return [];
});
