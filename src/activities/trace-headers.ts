import { randomBytes } from 'node:crypto';

import { context, isSpanContextValid, propagation, trace } from '@opentelemetry/api';
import type { Info } from '@temporalio/activity';

import type { Operation } from '../services/catalogue.ts';

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
  { activityId, attempt, workflowExecution }: Info,
): void {
  trace.getActiveSpan()?.setAttributes({
    'baton.run': workflowExecution?.workflowId ?? '',
    'baton.step': activityId,
    'baton.service': service,
    'baton.operation': name,
    'baton.attempt': attempt,
  });
}

function withOwnSpan(traceparent: string): string {
  const [version, traceId, , flags] = traceparent.split('-');
  return [version, traceId, randomBytes(8).toString('hex'), flags].join('-');
}
