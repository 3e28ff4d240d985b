import type { Client } from '@temporalio/client';

import { type Execution, pollHistory, successorOf } from '../temporal/poll-history.ts';
import type { HistoryEvent } from '../temporal/read-history.ts';

/**
 * So many pages are read as they come: a run of quick calls has ended by then, and its whole history is there with its
 * end. Of a longer run, every further page would cost more than the one question at its end does.
 */
const pagesAsTheyCome = 3;

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
    const page = await pollHistory(client, { execution, token }, signal);
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
    const page = await pollHistory(client, { execution, token, only: 'the end' }, signal);
    if (page === null) continue;
    if (page.events.length > 0) return;
    token = page.token;
  }
}
