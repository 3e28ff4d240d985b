import { ApplicationFailure } from '@temporalio/workflow';

import type { ErrorCode } from '../../core/errors.ts';

/** The refusal of a message that the run does not wait for. */
export function notWaiting(message: string): ApplicationFailure {
  const code: ErrorCode = 'run-not-waiting';
  return ApplicationFailure.nonRetryable(message, code);
}
