import { BatonError } from '../../core/errors.ts';
import type { Database } from '../database.ts';
import type { StartPosition, Subscription } from './subscription.ts';
import { changeSubscription } from './change-subscription.ts';
import { createSubscription } from './subscription-store.ts';

/** A subscription as a project declares it. */
export interface DeclaredSubscription {
  readonly subscription: Subscription;
  /** Where it begins when it is new. */
  readonly startAt: StartPosition;
}

/** Makes a subscription what its declaration says; one that is there stays where it is in the log. */
export async function declareSubscription(
  database: Database,
  { subscription, startAt }: DeclaredSubscription,
): Promise<void> {
  try {
    await createSubscription(database, subscription, startAt);
  } catch (error) {
    if (!(error instanceof BatonError) || error.code !== 'subscription-exists') throw error;
    await changeSubscription(database, subscription);
  }
}
