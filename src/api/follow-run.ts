import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

import type { HistoryEvent } from '../temporal/read-history.ts';
import { fromTemporalError } from './temporal-error.ts';

const { HISTORY_EVENT_FILTER_TYPE_ALL_EVENT: everyEvent, HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT: closeEvent } =
  proto.temporal.api.enums.v1.HistoryEventFilterType;

/**
 * So many pages are read as they come: a run of quick calls has ended by then, and its whole history is there with its
 * end. Of a longer run, every further page would cost more than the one question at its end does.
 */
const pagesAsTheyCome = 3;

/** How long one poll may stay with the server, in milliseconds: what is left behind of it when no one waits any more. */
const pollFor = 10_000;

/** The server answers this long before a poll's deadline, in milliseconds; polls that are shorter come back at once. */
const pollMargin = 2_000;

/** How long to wait before Temporal is asked again while it is away, in milliseconds. */
const pauseWhileAway = 250;

/** One execution of a run; the newest without a run id. */
interface Execution {
  readonly workflowId: string;
  readonly runId?: string;
}

/**
 * Follows a run by long poll until it has ended, across continue-as-new.
 *
 * @param wait for: milliseconds; signal: gives up waiting
 * @returns all events of the execution that ended the run; `null` when the time ran out, or waiting was given up
 */
export async function followRun(
  client: Client,
  run: Execution,
  wait: { readonly for: number; readonly signal: AbortSignal },
): Promise<readonly HistoryEvent[] | null> {
  const over = new AbortController();
  const giveUp = (): void => {
    over.abort();
  };
  const timer = setTimeout(giveUp, wait.for);
  wait.signal.addEventListener('abort', giveUp);
  if (wait.signal.aborted) giveUp();
  try {
    return await Promise.race([readToEnd(client, run, over.signal), aborted(over.signal)]);
  } finally {
    clearTimeout(timer);
    wait.signal.removeEventListener('abort', giveUp);
    over.abort();
  }
}

async function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else {
      signal.addEventListener('abort', () => {
        resolve(null);
      });
    }
  });
}

async function readToEnd(
  client: Client,
  run: Execution,
  signal: AbortSignal,
): Promise<readonly HistoryEvent[] | null> {
  let execution = run;
  // By id: an event of a workflow task in flight comes again, as what it became.
  let events = new Map<string, HistoryEvent>();
  let token: Uint8Array | undefined;
  let pages = 0;
  while (!signal.aborted) {
    if (pages === pagesAsTheyCome) await waitForClose(client, execution, signal);
    const page = await readPage(client, { execution, token, filter: everyEvent }, signal);
    if (page === null) continue;
    pages += 1;
    for (const event of page.events) events.set(String(event.eventId), event);
    token = page.token;
    // Only an execution that has ended has a last page.
    if (token.length > 0) continue;
    const all = [...events.values()];
    const successor = successorOf(all.at(-1));
    if (successor === null) return all;
    execution = { workflowId: run.workflowId, runId: successor };
    events = new Map();
    token = undefined;
    pages = 0;
  }
  return null;
}

async function waitForClose(client: Client, execution: Execution, signal: AbortSignal): Promise<void> {
  let token: Uint8Array | undefined;
  while (!signal.aborted) {
    const page = await readPage(client, { execution, token, filter: closeEvent }, signal);
    if (page === null) continue;
    if (page.events.length > 0) return;
    token = page.token;
  }
}

/** Where a page begins, and of which events it is. */
interface PageRequest {
  readonly execution: Execution;
  readonly token: Uint8Array | undefined;
  readonly filter: typeof everyEvent | typeof closeEvent;
}

/** @returns `null` when it was given up, or Temporal is away for the moment: the wait may outlast that */
async function readPage(
  client: Client,
  from: PageRequest,
  signal: AbortSignal,
): Promise<{ readonly events: readonly HistoryEvent[]; readonly token: Uint8Array } | null> {
  const request = {
    namespace: client.options.namespace,
    execution: from.execution,
    waitNewEvent: true,
    skipArchival: true,
    historyEventFilterType: from.filter,
    ...(from.token === undefined ? {} : { nextPageToken: from.token }),
  };
  try {
    const answer = await client.withDeadline(Date.now() + pollFor + pollMargin, () =>
      client.withAbortSignal(signal, () => client.workflowService.getWorkflowExecutionHistory(request)),
    );
    return { events: answer.history?.events ?? [], token: answer.nextPageToken };
  } catch (error) {
    if (signal.aborted) return null;
    if (fromTemporalError(error)?.code !== 'temporal-unavailable') throw error;
    await sleep(pauseWhileAway);
    return null;
  }
}

/** The execution that goes on where the one that this event closed ended, if any does. */
function successorOf(event: HistoryEvent | undefined): string | null {
  const successor =
    event?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ??
    event?.workflowExecutionCompletedEventAttributes?.newExecutionRunId ??
    event?.workflowExecutionFailedEventAttributes?.newExecutionRunId ??
    event?.workflowExecutionTimedOutEventAttributes?.newExecutionRunId;
  return successor === undefined || successor === null || successor === '' ? null : successor;
}
