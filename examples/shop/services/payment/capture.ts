import { recordEffect } from '../shared/effects.ts';
import type { Change } from '../shared/operation.ts';
import { Problem } from '../shared/problem.ts';
import { alreadyDone, lockAuthorisation, setStatus } from './authorisation.ts';

/** Takes the held amount. */
export const capture: Change<{ path: { authorisationId: string } }> = async (
  transaction,
  { path: { authorisationId } },
) => {
  const authorisation = await lockAuthorisation(transaction, authorisationId);
  const { status, isCaptureBarred, orderId, amount, currency } = authorisation;
  if (isCaptureBarred) throw alreadyDone(authorisationId, 'refunded');
  if (status === null) {
    throw new Problem(404, 'unknown-authorisation', {
      detail: `There is no authorisation ${authorisationId}`,
    });
  }
  if (status !== 'authorised') throw alreadyDone(authorisationId, status);

  await setStatus(transaction, authorisationId, 'captured');
  await recordEffect(transaction, { effect: 'captured', orderId, reference: authorisationId, amount });
  return {
    status: 201,
    body: { authorisationId, status: 'captured' },
    fact: { type: 'payment.captured', orderId, data: { amount, currency } },
  };
};
