import type { Transaction } from '../shared/database.ts';
import type { Fact } from '../shared/events/fact.ts';
import { voidAuthorisation } from './void-authorisation.ts';

/** Lets go of what is held for an order that was placed by an event. */
export async function letGo(transaction: Transaction, orderId: string): Promise<readonly Fact[]> {
  const { fact } = await voidAuthorisation(transaction, {
    path: { authorisationId: orderId },
  });
  return fact === undefined ? [] : [fact];
}
