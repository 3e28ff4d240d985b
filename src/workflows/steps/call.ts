import {
  ActivityCancellationType,
  CancellationScope,
  CancelledFailure,
  type ActivityOptions,
  isCancellation,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
  TimeoutFailure,
} from '@temporalio/workflow';

import { toMilliseconds } from '../../core/duration.ts';
import type { Json } from '../../core/json.ts';
import type { RetryPolicy } from '../../core/retry-policy.ts';
import type { CallOptions } from '../../services/call-options.ts';
import type { CallInput, CallRequest } from '../../services/call-request.ts';
import { callSettings, type CallSettings, knownOperations } from '../call-settings.ts';
import { assertRequestSize } from '../payload-size.ts';
import { traceparent } from '../trace-context.ts';
import { isPaused, untilResumed } from './pause.ts';
import { callFailure, isInterruption, StepFailed, toStepError } from './step-failed.ts';
import { idempotencyKey, nameCall } from './step-name.ts';

/** A call whose worker died is given to another after this time. */
const heartbeatTimeout = 10_000;

/**
 * How long a call may wait for its turn at a busy service (the bulkhead is in the worker). The attempt's own timeout
 * begins only when its turn has come; a dead worker is noticed by the heart-beat long before this.
 */
const maximumQueueing = 10 * 60_000;

/** A quick call is tried so often, and so long each time, inside the workflow task; then it goes the ordinary way. */
const quickTry = { attempts: 2, timeout: 2_000, interval: 50 };

type CallActivity = (input: CallInput) => Promise<Json>;

/**
 * Calls an operation of a service and waits for its answer, however long the service or the worker is away.
 *
 * The activity's type is `service.operation`; its id, its summary in the Web UI and the idempotency key are made of the
 * step's name. Timeout, retries and `quick` come from the catalogue unless the call says otherwise.
 *
 * @returns the JSON body of the answer; `null` for an empty one
 * @throws StepFailed when the service refuses, or the retry policy is used up
 * @example await call('inventory.reserve', { path: { reservationId }, body: { sku, quantity } })
 */
export async function call(
  operation: string,
  request: CallRequest = {},
  options: CallOptions = {},
): Promise<Json> {
  const step = nameCall(operation, options.step);
  const settings = settingsOf(operation, options);
  assertRequestSize(step, request);
  const input: CallInput = {
    ...request,
    idempotencyKey: idempotencyKey(step),
    traceparent: traceparent(),
    ...(options.timeout !== undefined && { timeout: settings.timeout }),
    ...(options.retry !== undefined && { retry: settings.retry }),
  };
  if (isPaused()) await untilResumed();
  // One promise a call and no more: each is tracked by the sandbox, which is felt where calls are quick.
  try {
    if (settings.quick) {
      const limit = Math.min(settings.timeout, quickTry.timeout);
      try {
        return await localActivity(operation, localOptions(step, limit))({ ...input, timeout: limit });
      } catch (error) {
        if (isCancellation(error) || !mayStillSucceed(error)) throw error;
      }
    }
    for (;;) {
      try {
        return await activity(operation, ordinaryOptions(step, settings))(input);
      } catch (error) {
        // A worker that is stopped, as at every release, must not use up the attempts of the calls it had.
        if (!isInterruption(error)) throw error;
      }
    }
  } catch (error) {
    // A failure worth another attempt that comes with a cancellation is the end of a cancelled call.
    if (CancellationScope.current().consideredCancelled && mayStillSucceed(error)) {
      throw new CancelledFailure(`${step} was cancelled`);
    }
    throw toStepError(step, error);
  }
}

function mayStillSucceed(error: unknown): boolean {
  const reason = callFailure(error);
  return reason instanceof TimeoutFailure || (reason !== undefined && reason.nonRetryable !== true);
}

function activity(operation: string, options: ActivityOptions): CallActivity {
  return proxyActivities<Record<string, CallActivity>>(options)[operation] as CallActivity;
}

function localActivity(operation: string, options: LocalActivityOptions): CallActivity {
  return proxyLocalActivities<Record<string, CallActivity>>(options)[operation] as CallActivity;
}

function localOptions(step: string, limit: number): LocalActivityOptions {
  return {
    summary: step,
    startToCloseTimeout: limit + 1_000,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { maximumAttempts: quickTry.attempts, initialInterval: quickTry.interval },
  };
}

function ordinaryOptions(step: string, { timeout, retry }: CallSettings): ActivityOptions {
  return {
    activityId: step,
    summary: step,
    startToCloseTimeout: timeout + maximumQueueing,
    heartbeatTimeout,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: retry.initialInterval,
      backoffCoefficient: retry.backoff,
      // The server cuts the delay that an attempt asks for to this.
      maximumInterval: Math.max(retry.maximumInterval, retry.maximumRetryAfter),
      ...(retry.maximumAttempts !== null && { maximumAttempts: retry.maximumAttempts }),
    },
  };
}

function settingsOf(operation: string, options: CallOptions): CallSettings {
  const settings = callSettings(operation);
  if (settings === undefined) {
    throw new StepFailed(operation, {
      code: 'invalid-call',
      message: `the catalogue has no operation "${operation}"; it has ${knownOperations().join(', ') || 'none'}`,
    });
  }
  return {
    timeout: options.timeout === undefined ? settings.timeout : toMilliseconds(options.timeout),
    retry: options.retry === undefined ? settings.retry : overrideRetry(settings.retry, options.retry),
    quick: options.quick ?? settings.quick,
  };
}

function overrideRetry(policy: RetryPolicy, override: NonNullable<CallOptions['retry']>): RetryPolicy {
  return { ...policy, ...override };
}
