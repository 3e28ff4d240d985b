import type { DeliveryError } from '../../core/delivery-resource.ts';
import type { RetryPolicy } from '../../core/retry-policy.ts';
import { nextDelay } from '../../core/retry-policy.ts';

/** What came of one attempt to deliver an event. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  | {
      readonly kind: 'failed';
      readonly error: DeliveryError;
      /** No repetition will change it. */
      readonly isFinal: boolean;
      /** What the target asked for, in milliseconds. */
      readonly retryAfter?: number;
    };

/** What becomes of an event that failed: another attempt after so many milliseconds, or it waits for a person. */
export type NextStep = { readonly state: 'retrying'; readonly delay: number } | { readonly state: 'parked' };

/**
 * @param attempt the one that failed, from 1
 * @param random a number in [0, 1)
 */
export function nextStep(
  outcome: Extract<DeliveryOutcome, { kind: 'failed' }>,
  { policy, attempt, random }: { policy: RetryPolicy; attempt: number; random: number },
): NextStep {
  const isUsedUp = policy.maximumAttempts !== null && attempt >= policy.maximumAttempts;
  if (outcome.isFinal || isUsedUp) return { state: 'parked' };
  return { state: 'retrying', delay: nextDelay(policy, { attempt, random, retryAfter: outcome.retryAfter }) };
}
