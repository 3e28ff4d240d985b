import { toMilliseconds } from '../../core/duration.ts';
import type { Json } from '../../core/json.ts';
import type { RetryPolicy } from '../../core/retry-policy.ts';
import type { CallOptions } from '../../services/call-options.ts';
import type { CallInput, CallRequest } from '../../services/call-request.ts';
import { callSettings, type CallSettings, knownOperations } from '../call-settings.ts';
import { assertRequestSize } from '../payload-size.ts';
import { traceparent } from '../trace-context.ts';
import { type ActivityPlan, runActivity } from './activity-step.ts';
import { StepFailed } from './step-failed.ts';
import { idempotencyKey, nameCall } from './step-name.ts';

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
export function call(operation: string, request: CallRequest = {}, options: CallOptions = {}): Promise<Json> {
  return runActivity(() => planCall(operation, request, options));
}

function planCall(operation: string, request: CallRequest, options: CallOptions): ActivityPlan<CallInput> {
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
  return { type: operation, step, input, settings };
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
