import { z } from 'zod';

import { orderData, reactTo } from '../shared/events/reaction.ts';

const placed = orderData.extend({
  shipTo: z.object({
    name: z.string(),
    street: z.string(),
    city: z.string(),
    postcode: z.string(),
    country: z.string(),
  }),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).min(1),
});

/** Remembers where the order goes. An order is placed once: a second one under its number is passed over. */
export const orderPlaced = reactTo(placed, async (transaction, { orderId, shipTo, lines }) => {
  await transaction.query(
    'INSERT INTO orders (order_id, address, lines) VALUES ($1, $2, $3) ON CONFLICT (order_id) DO NOTHING',
    [orderId, JSON.stringify(shipTo), JSON.stringify(lines)],
  );
  return [];
});
