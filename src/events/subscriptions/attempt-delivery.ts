import type { RecordedEvent } from '../recorded-event.ts';
import type { DeliveryOutcome } from './delivery-outcome.ts';

/**
 * Makes one attempt to hand an event to the target of a subscription.
 *
 * @param options attempt: from 1; signal: aborted when the attempt is of no use any more
 */
export type Deliver = (
  recorded: RecordedEvent,
  options: { readonly attempt: number; readonly signal: AbortSignal },
) => Promise<DeliveryOutcome>;

/** An attempt that was made to its end. */
export interface Attempt {
  readonly outcome: DeliveryOutcome;
  readonly seconds: number;
}

/**
 * Makes one attempt and takes down what it took. A fault of ours, too, must not hold up more than one subject, and must be
 * seen where a person looks for it: it is a failure of the delivery.
 *
 * @returns `null` where the attempt was broken off
 */
export async function attemptDelivery(
  deliver: Deliver,
  recorded: RecordedEvent,
  options: { readonly attempt: number; readonly signal: AbortSignal },
): Promise<Attempt | null> {
  const began = performance.now();
  const end = (outcome: DeliveryOutcome): Attempt => ({
    outcome,
    seconds: (performance.now() - began) / 1_000,
  });
  try {
    return end(await deliver(recorded, options));
  } catch (error) {
    if (options.signal.aborted) return null;
    const message = `the delivery itself failed: ${error instanceof Error ? error.message : String(error)}`;
    return end({ kind: 'failed', error: { message }, isFinal: false });
  }
}
