import type { EventFilter } from '../core/event-filter.ts';
import type { Queryable } from './database.ts';
import { type EventPage, readEvents } from './read-events.ts';
import type { WakeUp } from './wake-up.ts';

/** So many events are read at once. */
const pageSize = 100;

/** A look without being woken, in milliseconds: a notification may be lost. */
const lookAfter = 2_000;

/**
 * Reads on in the log for ever: each page as soon as it is there, and an empty one when nothing came for a while, so
 * that whoever passes them on can say that it is alive.
 *
 * @throws BatonError `database-unavailable`
 */
export async function* followEvents({
  database,
  wakeUp,
  filter = {},
  signal,
  ...start
}: {
  readonly database: Queryable;
  readonly wakeUp: WakeUp;
  readonly after: number;
  readonly filter?: EventFilter;
  readonly signal: AbortSignal;
}): AsyncGenerator<EventPage, void> {
  let after = start.after;
  while (!signal.aborted) {
    // What is appended between the read and the wait must wake it.
    const waiting = new AbortController();
    try {
      const woken = wakeUp.next(lookAfter, AbortSignal.any([signal, waiting.signal]));
      const page = await readEvents(database, { after, filter, limit: pageSize });
      after = page.next;
      yield page;
      if (page.events.length < pageSize) await woken;
    } finally {
      waiting.abort();
    }
  }
}
