import { orderData, reactTo, type Reaction } from '../shared/events/reaction.ts';
import { letGo } from './let-go.ts';

/**
 * Takes note of what a person decided. The first decision counts, and every service sees the same one first: the log has one
 * order. An order that needs none goes its way whatever is said of it.
 */
export function orderDecided(decision: 'approved' | 'rejected'): Reaction {
  return reactTo(
    orderData,
    async (transaction, { orderId }) => {
      const { rows } = await transaction.query<{ isHeld: boolean }>(
        `UPDATE orders SET decision = $2 WHERE order_id = $1 AND decision IS NULL
         RETURNING needs_approval AND EXISTS (
           SELECT 1 FROM authorisations WHERE authorisation_id = $1 AND status = 'authorised') AS "isHeld"`,
        [orderId, decision],
      );
      return decision === 'rejected' && rows[0]?.isHeld === true ? letGo(transaction, orderId) : [];
    },
    decision === 'rejected' ? 'void' : undefined,
  );
}
