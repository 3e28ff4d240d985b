import { recordEffect } from '../shared/effects.ts';
import type { Change } from '../shared/operation.ts';
import { alreadyDone, lockAuthorisation, setStatus } from './authorisation.ts';

/**
 * Undoes `authorise`: lets the held amount go. What was never authorised is only marked, so that a late `authorise` is
 * refused. What was captured and refunded holds nothing any more: that is fine too.
 */
export const voidAuthorisation: Change<{ path: { authorisationId: string } }> = async (
  transaction,
  { path: { authorisationId } },
) => {
  const { status, orderId, amount, currency } = await lockAuthorisation(transaction, authorisationId);
  if (status === 'captured') throw alreadyDone(authorisationId, status);
  if (status === 'authorised' || status === null) await setStatus(transaction, authorisationId, 'voided');
  const isHeld = status === 'authorised';
  if (isHeld) {
    await recordEffect(transaction, { effect: 'voided', orderId, reference: authorisationId, amount });
  }
  return {
    status: 200,
    body: { authorisationId, status: 'voided' },
    ...(isHeld && { fact: { type: 'payment.voided', orderId, data: { amount, currency } } }),
  };
};
