import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';

import { traceAttributes } from '../core/trace-attributes.ts';

type Attributes = ReadableSpan['attributes'];

/** What was put into a span on purpose; beside it Temporal's interceptors write all that they know of the workflow. */
const wanted = /^(baton\.|temporal)/;

/**
 * Passes the spans of workflows on with what an operator looks for: which run of which process it was. What else Temporal
 * would tell, the memo and the search attributes of the run among it, is the same in each span and no one's business in a
 * tracing system.
 */
export function describeRunSpans(processor: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => {
      processor.onStart(span, context);
    },
    onEnd: (span) => {
      processor.onEnd({
        ...span,
        spanContext: () => span.spanContext(),
        attributes: toRunAttributes(span.attributes),
      });
    },
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}

export function toRunAttributes(attributes: Attributes): Attributes {
  const { workflowId, workflowType, runId } = attributes;
  return {
    ...Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted.test(name))),
    ...(workflowId !== undefined && { [traceAttributes.run]: workflowId, temporalWorkflowId: workflowId }),
    ...(workflowType !== undefined && { [traceAttributes.process]: workflowType }),
    ...(runId !== undefined && { run_id: runId }),
  };
}
