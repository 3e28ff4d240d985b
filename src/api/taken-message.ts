import type { HistoryEvent } from '../temporal/read-history.ts';
import { messageKey } from '../workflows/messages.ts';

/** Tells whether a run has taken a message with this key already; it then gives its answer again. */
export function hasTaken(
  history: readonly HistoryEvent[],
  message: { readonly update: string; readonly idempotencyKey: string },
): boolean {
  const key = `${message.update}:${message.idempotencyKey}`;
  return history.some(
    ({ workflowExecutionUpdateAcceptedEventAttributes: accepted, ...event }) =>
      messageKey(accepted?.acceptedRequest?.meta?.updateId ?? '') === key ||
      // A message that came again after a reset.
      messageKey(event.workflowExecutionUpdateAdmittedEventAttributes?.request?.meta?.updateId ?? '') === key,
  );
}
