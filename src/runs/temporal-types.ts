import type { DescribeWorkflowExecutionResponse, WorkflowHandle } from '@temporalio/client';
import type { Payload, ProtoFailure } from '@temporalio/common';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** One event of a run's history as Temporal's protocol has it. */
export type HistoryEvent = NonNullable<History['events']>[number];

/** What Temporal says of a run as it is now. */
export type Description = DescribeWorkflowExecutionResponse;

export type PendingActivity = NonNullable<Description['pendingActivities']>[number];

/** A failure as history keeps it, with its chain of causes. */
export type Failure = ProtoFailure;

export type Timestamp = NonNullable<HistoryEvent['eventTime']>;

export type Duration = NonNullable<
  NonNullable<HistoryEvent['timerStartedEventAttributes']>['startToFireTimeout']
>;

/** A whole number of 64 bits: an object, a number, or text, depending on who decoded it. */
export type WholeNumber = NonNullable<HistoryEvent['eventId']>;

export interface Payloads {
  readonly payloads?: Payload[] | null;
}

export { type Payload };

export function toNumber(value: WholeNumber | number | string | null | undefined): number {
  return Number(value ?? 0);
}

/** Milliseconds, with their fraction; of a time, since 1970. Zero when it is not there. */
export function toMilliseconds(time: Timestamp | Duration | null | undefined): number {
  return toNumber(time?.seconds) * 1_000 + (time?.nanos ?? 0) / 1_000_000;
}

/** ISO 8601 in UTC, to the millisecond. */
export function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
