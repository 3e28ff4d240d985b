import type { CloudEvent } from '../core/cloud-event.ts';
import { BatonError, errorCatalogue } from '../core/errors.ts';
import { readTraceparent } from '../core/trace-parent.ts';
import type { RecordedEvent } from '../events/recorded-event.ts';
import type { DeliveryOutcome } from '../events/subscriptions/delivery-outcome.ts';
import { businessKeySchema } from './identifiers.ts';
import { type LaunchDeps, launchRun } from './launch-run.ts';
import { sha256 } from './sha256.ts';
import type { StartRequest } from './start-plan.ts';
import { fromTemporalError } from './temporal-error.ts';

/**
 * Starts a run for an event. Its id is made of the event's source and id, so the same event never starts two of a process;
 * its input is the event's data, its business key the event's `correlationid`, else its subject.
 *
 * @returns a failure that is final where the event itself is at fault
 */
export async function startForEvent(
  deps: LaunchDeps,
  process: string,
  { event, position }: RecordedEvent,
): Promise<DeliveryOutcome> {
  try {
    await launchRun(deps, process, toStartRequest(process, { event, position }));
    return { kind: 'delivered' };
  } catch (thrown) {
    const error = thrown instanceof BatonError ? thrown : fromTemporalError(thrown);
    if (error === null) throw thrown;
    const { retryable } = errorCatalogue[error.code];
    // A process that this deliverer does not know may come with the project's next release.
    const isFinal = !retryable && error.code !== 'process-not-found';
    return { kind: 'failed', error: { message: error.message }, isFinal };
  }
}

function toStartRequest(
  process: string,
  { event, position }: Pick<RecordedEvent, 'event' | 'position'>,
): StartRequest {
  const { id, source, traceparent } = event;
  return {
    input: event.data ?? null,
    id: `${process}-${sha256(JSON.stringify([source, id])).slice(0, 32)}`,
    businessKey: businessKeyOf(event),
    version: null,
    idempotencyKey: null,
    traceparent: typeof traceparent === 'string' ? readTraceparent(traceparent) : null,
    startEvent: { id, source, position },
  };
}

/** What cannot be a business key is passed over rather than changed. */
function businessKeyOf({ correlationid: correlation, subject }: CloudEvent): string | null {
  const keys = [correlation, subject].map((key) => businessKeySchema.safeParse(key));
  return keys.find(({ success }) => success)?.data ?? null;
}
