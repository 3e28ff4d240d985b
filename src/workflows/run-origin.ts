import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';

import { memoKeys, searchAttributes, type StartEvent } from '../core/attributes.ts';
import { isJsonObject } from '../core/json.ts';
import type { LogStart } from '../core/run-events.ts';

const businessKeyAttribute = defineSearchAttributeKey(
  searchAttributes.businessKey,
  SearchAttributeType.KEYWORD,
);

/** The team's own name for the case that the run belongs to, where it has one. */
export function businessKey(): string | undefined {
  return workflowInfo().typedSearchAttributes.get(businessKeyAttribute);
}

/** The event that started the run, if one did. */
export function startEvent(): StartEvent | undefined {
  const event = workflowInfo().memo?.[memoKeys.startEvent];
  return isStartEvent(event) ? event : undefined;
}

/**
 * Where the run's part of the log begins: behind the event that started it, else behind what the log was known to have
 * then, else at the time of its start.
 */
export function logStart(): LogStart {
  const { memo, startTime } = workflowInfo();
  const position = startEvent()?.position ?? memo?.[memoKeys.logPosition];
  return typeof position === 'number' ? { position } : { time: startTime.toISOString() };
}

function isStartEvent(value: unknown): value is StartEvent {
  if (!isJsonObject(value)) return false;
  const { id, source, position } = value;
  return typeof id === 'string' && typeof source === 'string' && typeof position === 'number';
}
