import { NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/common';

import { BatonError } from '../core/errors.ts';
import { grpcStatus, grpcStatusOf, isTemporalAway } from '../temporal/temporal-error.ts';

/**
 * Reads what Temporal's client throws.
 *
 * @returns `null` for what is none of its known errors
 */
export function fromTemporalError(error: unknown): BatonError | null {
  if (error instanceof WorkflowNotFoundError) {
    return new BatonError('run-not-found', `There is no run "${error.workflowId}"`, { cause: error });
  }
  if (error instanceof NamespaceNotFoundError) {
    return new BatonError('temporal-unavailable', `Temporal has no namespace "${error.namespace}"`, {
      cause: error,
    });
  }
  const status = grpcStatusOf(error);
  if (status === grpcStatus.invalidArgument && /exceeds limit/i.test(deepestMessage(error))) {
    return new BatonError('body-too-large', 'What was sent is larger than Temporal keeps', { cause: error });
  }
  if (!isTemporalAway(error)) return null;
  return new BatonError('temporal-unavailable', 'Temporal did not answer in time; try again', {
    cause: error,
  });
}

function deepestMessage(error: unknown): string {
  let message = '';
  for (let at: unknown = error; at instanceof Error; at = at.cause) message = at.message;
  return message;
}
