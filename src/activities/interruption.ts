import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';

/**
 * How an activity ends that was cut short. A worker that stops hands its calls to others at once; a cancelled call is
 * reported as cancelled.
 *
 * @param reason what the activity's `cancellationSignal` was aborted with
 */
export function interruption(reason: unknown): Error {
  if (reason instanceof CancelledFailure && reason.message !== 'WORKER_SHUTDOWN') return reason;
  return ApplicationFailure.create({
    type: 'call-failed',
    message: 'the worker stopped during the call',
    details: [{ interrupted: true }],
    nextRetryDelay: 1,
  });
}
