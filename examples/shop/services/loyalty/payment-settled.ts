import { z } from 'zod';

import { recordEffect } from '../shared/effects.ts';
import { orderData, reactTo, type Reaction } from '../shared/events/reaction.ts';

const paid = orderData.extend({ amount: z.int() });

/** Minor units of money that give a point. */
const priceOfPoint = 100;

function reactToPayment(effect: 'earned' | 'withdrawn'): Reaction {
  return reactTo(
    paid,
    async (transaction, { orderId, amount }) => {
      const points = Math.floor(amount / priceOfPoint);
      await transaction.query('INSERT INTO points (order_id, points) VALUES ($1, $2)', [
        orderId,
        effect === 'earned' ? points : -points,
      ]);
      await recordEffect(transaction, { effect, orderId, reference: orderId, amount: points });
      return [];
    },
    effect,
  );
}

export const paymentCaptured = reactToPayment('earned');

export const paymentRefunded = reactToPayment('withdrawn');
