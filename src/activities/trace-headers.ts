import { randomBytes } from 'node:crypto';

import { context, isSpanContextValid, propagation, trace } from '@opentelemetry/api';
import type { Info } from '@temporalio/activity';

import { stepOfKey } from '../core/idempotency-key.ts';
import { traceAttributes } from '../core/trace-attributes.ts';
import type { CallInput } from '../services/call-request.ts';
import type { Operation } from '../services/catalogue.ts';
import type { CallOutcome } from './call-outcome.ts';

/**
 * The W3C trace context that a call carries: that of the attempt's span where traces are collected, else that of the
 * run, with a span id of its own for each attempt.
 *
 * @param ofRun the run's `traceparent`
 */
export function traceHeaders(ofRun: string): Readonly<Record<string, string>> {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined || !isSpanContextValid(span)) return { traceparent: withOwnSpan(ofRun) };
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** Says in the attempt's span, where there is one, which step of which run it is. */
export function describeAttempt(
  { service, name }: Operation,
  { activityId, attempt, workflowExecution, workflowType }: Info,
  { idempotencyKey }: CallInput,
): void {
  trace.getActiveSpan()?.setAttributes({
    [traceAttributes.run]: workflowExecution?.workflowId ?? '',
    [traceAttributes.process]: workflowType ?? '',
    // The activity of a quick call has a number for its id.
    [traceAttributes.step]: stepOfKey(idempotencyKey) ?? activityId,
    [traceAttributes.service]: service,
    [traceAttributes.operation]: name,
    [traceAttributes.attempt]: attempt,
  });
}

/** Says in the attempt's span why it failed, in OpenTelemetry's words. */
export function describeFailure({ code, status }: CallFailure): void {
  trace.getActiveSpan()?.setAttributes({
    'error.type': code,
    ...(status !== undefined && { 'http.response.status_code': status }),
  });
}

type CallFailure = Extract<CallOutcome, { readonly kind: 'failure' }>;

function withOwnSpan(traceparent: string): string {
  const [version, traceId, , flags] = traceparent.split('-');
  return [version, traceId, randomBytes(8).toString('hex'), flags].join('-');
}
