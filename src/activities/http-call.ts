import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Dispatcher } from 'undici';

import type { Json } from '../core/json.ts';
import { nextDelay, type RetryPolicy } from '../core/retry-policy.ts';
import type { CallInput } from '../services/call-request.ts';
import type { Operation, Service } from '../services/catalogue.ts';
import type { CallLimiter } from './bulkhead.ts';
import { createCallMetrics } from './call-metrics.ts';
import type { CallOutcome } from './call-outcome.ts';
import { beat } from './heartbeat.ts';
import { buildRequest, type HttpRequest } from './http-request.ts';
import { interruption } from './interruption.ts';
import { sendHttp } from './send-http.ts';
import { describeAttempt, describeFailure, traceHeaders } from './trace-headers.ts';

/** What every call needs of the worker. */
export interface HttpCallDeps {
  readonly dispatcher: Dispatcher;
  readonly limiter: CallLimiter;
  /** Headers that carry the service's secret; empty without one. */
  readonly authHeaders: Readonly<Record<string, string>>;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
}

/**
 * Makes the activity `service.operation`: one attempt of one HTTP call.
 *
 * It waits for its turn at the service (the bulkhead), then has the operation's timeout. It heart-beats meanwhile, so
 * that a cancellation reaches it, which aborts the request on the wire, and so that a dead worker is noticed.
 */
export function createHttpCall(
  service: Service,
  operation: Operation,
  deps: HttpCallDeps,
): (input: CallInput) => Promise<Json> {
  const metrics = createCallMetrics(operation);
  return async (input) => {
    const context = Context.current();
    describeAttempt(operation, context.info, input);
    const request = prepare(service, operation, { input, authHeaders: deps.authHeaders });
    const timeout = input.timeout ?? operation.timeout;
    const stopBeating = beat(context);
    try {
      const { cancellationSignal: cancellation } = context;
      const measured = metrics.begin(context);
      const outcome = await deps.limiter.run(
        () =>
          measured.attempt(() => attempt(request, { timeout, cancellation, dispatcher: deps.dispatcher })),
        cancellation,
      );
      return settle(outcome, {
        policy: input.retry ?? operation.retry,
        attempt: context.info.attempt,
        random: deps.random(),
      });
    } catch (error) {
      if (context.cancellationSignal.aborted) throw interruption(context.cancellationSignal.reason);
      throw error;
    } finally {
      stopBeating();
    }
  };
}

function prepare(
  service: Service,
  operation: Operation,
  { input, authHeaders }: { input: CallInput; authHeaders: HttpCallDeps['authHeaders'] },
): HttpRequest {
  const headers = {
    ...authHeaders,
    'idempotency-key': input.idempotencyKey,
    ...traceHeaders(input.traceparent),
  };
  try {
    return buildRequest(operation, input, { baseUrl: service.url, headers });
  } catch (error) {
    throw ApplicationFailure.nonRetryable(
      error instanceof Error ? error.message : String(error),
      'invalid-call',
      {},
    );
  }
}

async function attempt(
  request: HttpRequest,
  {
    timeout,
    cancellation,
    dispatcher,
  }: { timeout: number; cancellation: AbortSignal; dispatcher: Dispatcher },
): Promise<CallOutcome> {
  const timer = AbortSignal.timeout(timeout);
  try {
    return await sendHttp(request, { dispatcher, signal: AbortSignal.any([timer, cancellation]) });
  } catch (error) {
    if (cancellation.aborted || !timer.aborted) throw error;
    return {
      kind: 'failure',
      code: 'call-timed-out',
      message: `no answer within ${timeout} ms`,
      isRetryable: true,
    };
  }
}

/** @returns the body of an answer; throws the failure with the delay that its retry policy and the service want */
function settle(
  outcome: CallOutcome,
  { policy, attempt, random }: { policy: RetryPolicy; attempt: number; random: number },
): Json {
  if (outcome.kind === 'answer') return outcome.body;
  describeFailure(outcome);
  const { code, message, isRetryable, status, body, retryAfter } = outcome;
  throw ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: !isRetryable,
    details: [{ ...(status !== undefined && { status }), ...(body !== undefined && { body }) }],
    ...(isRetryable && { nextRetryDelay: nextDelay(policy, { attempt, retryAfter, random }) }),
  });
}
