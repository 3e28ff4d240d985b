import { z } from 'zod';

import { orderData, reactTo } from '../shared/events/reaction.ts';
import { Problem } from '../shared/problem.ts';
import { send } from './send.ts';

const created = orderData.extend({ trackingNumber: z.string() });

/** Tells the customer that the parcel is on its way. */
export const shipmentCreated = reactTo(
  created,
  async (transaction, { orderId, trackingNumber }) => {
    const { rows } = await transaction.query<{ email: string }>(
      'SELECT email FROM orders WHERE order_id = $1',
      [orderId],
    );
    const to = rows[0]?.email;
    if (to === undefined) {
      throw new Problem(409, 'unknown-order', {
        detail: `The order ${orderId} was not placed here; replay the subscription from where it was`,
      });
    }
    const body = {
      orderId,
      channel: 'email',
      to,
      template: 'order-shipped',
      data: { trackingNumber },
    } as const;
    const { fact } = await send(transaction, { body });
    return fact === undefined ? [] : [fact];
  },
  'send',
);
