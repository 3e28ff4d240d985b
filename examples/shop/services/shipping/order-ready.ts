import { z } from 'zod';

import type { Transaction } from '../shared/database.ts';
import type { Fact } from '../shared/events/fact.ts';
import { orderData, reactTo, type Reaction } from '../shared/events/reaction.ts';
import { unlessRefused } from '../shared/events/refusals.ts';
import { create, type Create } from './create.ts';
import { refusals } from './refusals.ts';

/** What is known of an order that was placed by an event. */
interface Order extends Pick<Create['body'], 'address' | 'lines'> {
  /** `null` = it is not paid for yet. */
  readonly needsApproval: boolean | null;
  readonly decision: 'approved' | 'rejected' | null;
}

const authorised = orderData.extend({ needsApproval: z.boolean().default(false) });

const returning = 'RETURNING address, lines, needs_approval AS "needsApproval", decision';

/** The order is paid for: ships it, unless a person has to look at it first. */
export const paymentAuthorised = reactTo(
  authorised,
  async (transaction, { orderId, needsApproval }) => {
    const { rows } = await transaction.query<Order>(
      `UPDATE orders SET needs_approval = $2 WHERE order_id = $1 AND needs_approval IS NULL ${returning}`,
      [orderId, needsApproval],
    );
    return shipIfReady(transaction, orderId, rows[0]);
  },
  'create',
);

/** A person has decided: the first decision counts, where one is needed. */
export function orderDecided(decision: 'approved' | 'rejected'): Reaction {
  return reactTo(
    orderData,
    async (transaction, { orderId }) => {
      const { rows } = await transaction.query<Order>(
        `UPDATE orders SET decision = $2 WHERE order_id = $1 AND decision IS NULL ${returning}`,
        [orderId, decision],
      );
      const [order] = rows;
      // Whoever says yes to an order that needs no one's word does not ship it a second time.
      return order?.needsApproval === true ? shipIfReady(transaction, orderId, order) : [];
    },
    decision === 'approved' ? 'create' : undefined,
  );
}

async function shipIfReady(
  transaction: Transaction,
  orderId: string,
  order: Order | undefined,
): Promise<readonly Fact[]> {
  if (order === undefined) return [];
  const { address, lines, needsApproval, decision } = order;
  const isReady = needsApproval === false || (needsApproval === true && decision === 'approved');
  if (!isReady) return [];
  return unlessRefused(transaction, { refusals, orderId }, async () => {
    const { fact } = await create(transaction, {
      path: { shipmentId: orderId },
      body: { orderId, address, lines },
    });
    return fact === undefined ? [] : [fact];
  });
}
