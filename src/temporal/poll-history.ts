import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

import type { HistoryEvent } from './read-history.ts';
import { isTemporalAway } from './temporal-error.ts';

const { HISTORY_EVENT_FILTER_TYPE_ALL_EVENT, HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT } =
  proto.temporal.api.enums.v1.HistoryEventFilterType;

/** How long one poll may stay with the server, in milliseconds: what is left behind of it when no one waits any more. */
const pollFor = 10_000;

/** The server answers this long before a poll's deadline, in milliseconds; polls that are shorter come back at once. */
const pollMargin = 2_000;

/** How long to wait before Temporal is asked again while it is away, in milliseconds. */
const pauseWhileAway = 250;

/** One execution of a run; the newest without a run id. */
export interface Execution {
  readonly workflowId: string;
  readonly runId?: string;
}

/** Where a page begins, and of which events it is. */
export interface PageRequest {
  readonly execution: Execution;
  /** Of the page before; `undefined` = from the beginning. */
  readonly token: Uint8Array | undefined;
  readonly only?: 'the end';
}

export interface HistoryPage {
  readonly events: readonly HistoryEvent[];
  /** Where the next page begins; empty after the end of an execution that has ended. */
  readonly token: Uint8Array;
}

/**
 * Reads the events from a place on, and waits for the next one where there is none yet. A poll that brought nothing
 * comes back with an empty page.
 *
 * @returns `null` when it was given up, or Temporal is away for the moment: the wait may outlast that
 */
export async function pollHistory(
  client: Client,
  { execution, token, only }: PageRequest,
  signal: AbortSignal,
): Promise<HistoryPage | null> {
  const request = {
    namespace: client.options.namespace,
    execution,
    waitNewEvent: true,
    skipArchival: true,
    historyEventFilterType:
      only === undefined ? HISTORY_EVENT_FILTER_TYPE_ALL_EVENT : HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
    ...(token === undefined ? {} : { nextPageToken: token }),
  };
  try {
    const answer = await client.withDeadline(Date.now() + pollFor + pollMargin, () =>
      client.withAbortSignal(signal, () => client.workflowService.getWorkflowExecutionHistory(request)),
    );
    return { events: answer.history?.events ?? [], token: answer.nextPageToken };
  } catch (error) {
    if (signal.aborted) return null;
    if (!isTemporalAway(error)) throw error;
    await sleep(pauseWhileAway);
    return null;
  }
}

/** The execution that goes on where the one that this event closed ended, if any does. */
export function successorOf(event: HistoryEvent | undefined): string | null {
  const successor =
    event?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ??
    event?.workflowExecutionCompletedEventAttributes?.newExecutionRunId ??
    event?.workflowExecutionFailedEventAttributes?.newExecutionRunId ??
    event?.workflowExecutionTimedOutEventAttributes?.newExecutionRunId;
  return successor === undefined || successor === null || successor === '' ? null : successor;
}
