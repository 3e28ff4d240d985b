import type { Transaction } from '../shared/database.ts';
import type { Fact } from '../shared/events/fact.ts';
import { orderData, reactTo } from '../shared/events/reaction.ts';
import { unlessRefused } from '../shared/events/refusals.ts';
import { authorise } from './authorise.ts';
import { letGo } from './let-go.ts';
import { findOrder } from './order.ts';
import { refusals } from './refusals.ts';

/** Holds what the order costs. Where a person has rejected it already, nothing stays held. */
export const stockReserved = reactTo(
  orderData,
  (transaction, { orderId }) =>
    unlessRefused(transaction, { refusals, orderId }, () => holdAmount(transaction, orderId)),
  'authorise',
);

async function holdAmount(transaction: Transaction, orderId: string): Promise<readonly Fact[]> {
  const { amount, currency, card, needsApproval, decision } = await findOrder(transaction, orderId);
  await authorise(transaction, {
    path: { authorisationId: orderId },
    body: { orderId, amount, currency, card },
  });
  const authorised = {
    ...{ type: 'payment.authorised', orderId, data: { amount, currency, needsApproval } },
    attributes: { approval: needsApproval ? 'needed' : 'none' },
  };
  return needsApproval && decision === 'rejected'
    ? [authorised, ...(await letGo(transaction, orderId))]
    : [authorised];
}
