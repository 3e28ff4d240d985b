import { recordEffect } from '../shared/effects.ts';
import type { Change } from '../shared/operation.ts';
import { lockAuthorisation, setStatus } from './authorisation.ts';

/**
 * Undoes `capture`: gives the amount back. What was never captured is only marked, so that a late `capture` is refused;
 * the held amount stays held until it is voided.
 */
export const refund: Change<{ path: { authorisationId: string } }> = async (
  transaction,
  { path: { authorisationId } },
) => {
  const { status, orderId, amount, currency } = await lockAuthorisation(transaction, authorisationId);
  const isCaptured = status === 'captured';
  if (isCaptured) {
    await setStatus(transaction, authorisationId, 'refunded');
    await recordEffect(transaction, { effect: 'refunded', orderId, reference: authorisationId, amount });
  } else {
    await transaction.query(
      'UPDATE authorisations SET is_capture_barred = true WHERE authorisation_id = $1',
      [authorisationId],
    );
  }
  return {
    status: 201,
    body: { authorisationId, status: 'refunded' },
    ...(isCaptured && { fact: { type: 'payment.refunded', orderId, data: { amount, currency } } }),
  };
};
