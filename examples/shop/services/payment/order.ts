import type { Transaction } from '../shared/database.ts';
import { Problem } from '../shared/problem.ts';

/** An order that was placed by an event, as far as it is about money. */
export interface Order {
  readonly amount: number;
  readonly currency: string;
  readonly card: string;
  readonly needsApproval: boolean;
  readonly decision: 'approved' | 'rejected' | null;
}

/** @throws Problem `unknown-order` where the event that placed it never came here */
export async function findOrder(transaction: Transaction, orderId: string): Promise<Order> {
  const { rows } = await transaction.query<Order>(
    `SELECT amount::float8 AS amount, currency, card, needs_approval AS "needsApproval", decision
     FROM orders WHERE order_id = $1`,
    [orderId],
  );
  const [order] = rows;
  if (order === undefined) {
    throw new Problem(409, 'unknown-order', {
      detail: `The order ${orderId} was not placed here; replay the subscription from where it was`,
    });
  }
  return order;
}
