import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';

import { memoKeys } from '../core/attributes.ts';
import { readTraceparent } from '../core/trace-parent.ts';

/** In which Temporal's interceptors for OpenTelemetry carry the trace, where traces are collected. */
const traceHeader = '_tracer-data';

/**
 * The W3C trace context (https://www.w3.org/TR/trace-context/) of the run: the one of the request that started it, or
 * one made of the run's own id, so that all calls of one run are found under one trace id.
 */
export function traceparent(): string {
  const { memo, originalExecutionRunId } = workflowInfo();
  const given = readTraceparent(memo?.[memoKeys.traceparent]);
  if (given !== null) return given;
  const hex = originalExecutionRunId.replaceAll('-', '');
  return `00-${hex}-${hex.slice(16)}-01`;
}

/** The trace context that came with a workflow or an activity; `null` where no traces are collected. */
export function traceparentIn(headers: Headers): string | null {
  const payload = headers[traceHeader];
  if (payload === undefined) return null;
  const { traceparent } = defaultPayloadConverter.fromPayload<{ readonly traceparent?: unknown }>(payload);
  return readTraceparent(traceparent);
}
