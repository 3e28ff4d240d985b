import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';

import { type ErrorCode, isErrorCode } from '../../core/errors.ts';
import { isJsonObject, type Json } from '../../core/json.ts';

/** What a failed call leaves behind: `details[0]` of its failure. */
export interface CallFailureDetails {
  /** The HTTP status that the service answered with; absent when it did not answer. */
  readonly status?: number;
  /** The body of that answer. */
  readonly body?: Json;
  /** The worker was stopped before the call had its answer: no fault of the service. */
  readonly interrupted?: boolean;
}

/**
 * A step that has failed for good: refused by its service, or out of attempts. Uncaught, it fails the run.
 *
 * @example
 * try { await call('payment.authorise', request); }
 * catch (error) { if (isRefusal(error, 'card-declined')) return { outcome: 'payment-refused' }; throw error; }
 */
export class StepFailed extends ApplicationFailure {
  readonly step: string;
  readonly code: ErrorCode;
  readonly status: number | undefined;
  readonly body: Json | undefined;

  constructor(
    step: string,
    failure: { code: ErrorCode; message: string; details?: CallFailureDetails; cause?: Error },
  ) {
    super(`${step}: ${failure.message}`, failure.code, true, [{ step, ...failure.details }], failure.cause);
    this.step = step;
    this.code = failure.code;
    this.status = failure.details?.status;
    this.body = failure.details?.body;
  }
}

/**
 * Tells whether a service refused a call: the door to a business outcome such as a declined card.
 *
 * @param reason the HTTP status, or better, the `code` of the service's problem document; left out: any refusal
 */
export function isRefusal(error: unknown, reason?: number | string): error is StepFailed {
  if (!(error instanceof StepFailed) || error.code !== 'call-refused') return false;
  if (typeof reason === 'string') return isJsonObject(error.body) && error.body['code'] === reason;
  return reason === undefined || error.status === reason;
}

/**
 * The one place where a failed activity becomes an error that a process sees. Cancellation is passed on as it is, so
 * that it never looks like a failure, or worse, like success.
 */
export function toStepError(step: string, error: unknown): unknown {
  const reason = callFailure(error);
  if (reason === undefined || isCancellation(error)) return error;
  if (reason instanceof TimeoutFailure) {
    const message = `no answer within its time (${reason.timeoutType})`;
    return new StepFailed(step, { code: 'call-timed-out', message, cause: reason });
  }
  const code = isErrorCode(reason.type ?? '') ? (reason.type as ErrorCode) : 'call-failed';
  const details = isJsonObject(reason.details?.[0]) ? reason.details[0] : {};
  return new StepFailed(step, { code, message: reason.message, details, cause: reason });
}

/** @returns why the activity failed, which an ordinary one wraps and a local one throws as it is; else `undefined` */
export function callFailure(error: unknown): ApplicationFailure | TimeoutFailure | undefined {
  const reason = error instanceof ActivityFailure ? error.cause : error;
  return reason instanceof ApplicationFailure || reason instanceof TimeoutFailure ? reason : undefined;
}

/** Tells whether a call has ended only because its worker was stopped. */
export function isInterruption(error: unknown): boolean {
  const reason = callFailure(error);
  if (!(reason instanceof ApplicationFailure)) return false;
  const details: unknown = reason.details?.[0];
  return isJsonObject(details) && details['interrupted'] === true;
}
