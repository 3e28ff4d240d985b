import type { Payload } from '@temporalio/common';

import type { Json } from '../../src/core/json.ts';
import type { HistoryEvent } from '../../src/runs/temporal-types.ts';

const encoder = new TextEncoder();

/** Second 0 of the histories below. */
export const start = Date.UTC(2026, 0, 1);

export function at(second: number): string {
  return new Date(start + second * 1_000).toISOString();
}

export function payload(value: Json | undefined, encoding = 'json/plain'): Payload {
  return {
    metadata: { encoding: encoder.encode(encoding) },
    data: value === undefined ? null : encoder.encode(JSON.stringify(value)),
  };
}

export function payloads(...values: readonly Json[]): { payloads: Payload[] } {
  return { payloads: values.map((value) => payload(value)) };
}

/** What an event says, without its number and time. */
export type Attributes = Omit<HistoryEvent, 'eventId' | 'eventTime' | 'eventType'>;

/** Events of a history, one a second; an event's number is its place, from 1. */
export function history(...events: readonly Attributes[]): HistoryEvent[] {
  return events.map((attributes, index) => event(index + 1, attributes));
}

/** An event whose number is the second at which it came. */
export function event(second: number, attributes: Attributes): HistoryEvent {
  return { eventId: second, eventTime: time(second), ...attributes } as unknown as HistoryEvent;
}

/** A time as the protocol has it. */
export function time(second: number): NonNullable<HistoryEvent['eventTime']> {
  return { seconds: start / 1_000 + second, nanos: 0 } as unknown as NonNullable<HistoryEvent['eventTime']>;
}

/** What a call, a timer or a marker carries as its name. */
export function summary(name: string): Pick<HistoryEvent, 'userMetadata'> {
  return { userMetadata: { summary: payload(name) } };
}

/** The run writes what it waits for; `undefined` leaves a value as it is, `null` removes it. */
export function upsert(values: {
  waitingFor?: readonly string[] | null;
  status?: string | null;
}): Attributes {
  const indexedFields = {
    ...(values.waitingFor !== undefined && { BatonWaitingFor: payload(values.waitingFor) }),
    ...(values.status !== undefined && { BatonStatus: payload(values.status) }),
  };
  return { upsertWorkflowSearchAttributesEventAttributes: { searchAttributes: { indexedFields } } };
}

export function scheduled(activityId: string, type = 'payment.charge'): Attributes {
  return { activityTaskScheduledEventAttributes: { activityId, activityType: { name: type } } };
}

export function started(scheduledEventId: number, attempt = 1): Attributes {
  return { activityTaskStartedEventAttributes: ids({ scheduledEventId, attempt }) };
}

export function completed(scheduledEventId: number): Attributes {
  return { activityTaskCompletedEventAttributes: ids({ scheduledEventId }) };
}

export function failed(scheduledEventId: number, message: string): Attributes {
  const failure = { message, applicationFailureInfo: { type: 'call-failed' } };
  return { activityTaskFailedEventAttributes: { ...ids({ scheduledEventId }), failure } };
}

export function accepted(name: string): Attributes {
  return { workflowExecutionUpdateAcceptedEventAttributes: { acceptedRequest: { input: { name } } } };
}

export function updated(
  acceptedEventId: number,
  outcome: NonNullable<HistoryEvent['workflowExecutionUpdateCompletedEventAttributes']>['outcome'] = {},
): Attributes {
  return {
    workflowExecutionUpdateCompletedEventAttributes: {
      ...ids({ acceptedEventId }),
      outcome: outcome ?? null,
    },
  };
}

/** Numbers of events are of 64 bits in the protocol, and any number will do. */
export function ids<T extends Record<string, number>>(numbers: T): Record<keyof T, never> {
  return numbers as unknown as Record<keyof T, never>;
}
