import { type Span, trace } from '@opentelemetry/api';
import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

import { stepOfKey } from '../core/idempotency-key.ts';
import { traceAttributes } from '../core/trace-attributes.ts';

/**
 * Says in the span of each call which step it is, and why it failed in the end. In the bundle only where traces are
 * collected, after the interceptors that make the spans.
 *
 * @public Temporal looks for this name in the module that src/workers/process-bundle.ts adds to the bundle
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity: (input, next) => describeStep(input, next(input)),
      scheduleLocalActivity: (input, next) => describeStep(input, next(input)),
    },
  ],
});

/** What a call is asked to do, of all that Temporal tells. */
interface Scheduled {
  readonly activityType: string;
  readonly args: readonly unknown[];
}

/** The outcome is handed on as it is: another promise would change the order in which a replay goes. */
function describeStep({ activityType, args }: Scheduled, outcome: Promise<unknown>): Promise<unknown> {
  const span = trace.getActiveSpan();
  if (span === undefined) return outcome;
  const [service = '', operation = ''] = activityType.split('.');
  const [input] = args as readonly ({ readonly idempotencyKey?: unknown } | undefined)[];
  span.setAttributes({
    [traceAttributes.step]: stepOfKey(input?.idempotencyKey) ?? activityType,
    [traceAttributes.service]: service,
    [traceAttributes.operation]: operation,
  });
  outcome.catch((error: unknown) => {
    recordCause(span, error);
  });
  return outcome;
}

/** An activity that failed is told by its cause; it says nothing itself. */
function recordCause(span: Span, error: unknown): void {
  if (error instanceof Error && error.cause instanceof Error) span.recordException(error.cause);
}
