import { recordEffect } from '../shared/effects.ts';
import type { Change } from '../shared/operation.ts';
import { Problem } from '../shared/problem.ts';
import { alreadyDone, lockAuthorisation } from './authorisation.ts';

interface Authorise {
  path: { authorisationId: string };
  body: { orderId: string; amount: number; currency: string; card: string };
}

/** The card that no bank stands for. */
const declinedCard = 'card-declined';

/** Holds an amount on a card. */
export const authorise: Change<Authorise> = async (transaction, { path: { authorisationId }, body }) => {
  const { orderId, amount, currency, card } = body;

  const { status } = await lockAuthorisation(transaction, authorisationId);
  if (status !== null) throw alreadyDone(authorisationId, status);
  if (card === declinedCard) {
    throw new Problem(402, 'card-declined', { detail: 'The bank declined the card; ask for another one' });
  }

  await transaction.query(
    `UPDATE authorisations SET status = 'authorised', order_id = $2, amount = $3, currency = $4, card = $5
     WHERE authorisation_id = $1`,
    [authorisationId, orderId, amount, currency, card],
  );
  await recordEffect(transaction, { effect: 'authorised', orderId, reference: authorisationId, amount });
  return {
    status: 201,
    body: { authorisationId, status: 'authorised' },
    fact: { type: 'payment.authorised', orderId, data: { amount, currency } },
  };
};
