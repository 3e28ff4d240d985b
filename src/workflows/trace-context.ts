import { workflowInfo } from '@temporalio/workflow';

import { memoKeys } from '../core/attributes.ts';

const traceparentPattern = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The W3C trace context (https://www.w3.org/TR/trace-context/) of the run: the one of the request that started it, or
 * one made of the run's own id, so that all calls of one run are found under one trace id.
 */
export function traceparent(): string {
  const { memo, originalExecutionRunId } = workflowInfo();
  const given = memo?.[memoKeys.traceparent];
  if (typeof given === 'string' && traceparentPattern.test(given)) return given;
  const hex = originalExecutionRunId.replaceAll('-', '');
  return `00-${hex}-${hex.slice(16)}-01`;
}
