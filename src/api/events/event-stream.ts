import { setTimeout as sleep } from 'node:timers/promises';

import { BatonError } from '../../core/errors.ts';
import type { EventFilter } from '../../core/event-filter.ts';
import type { EventLog } from '../../events/event-log.ts';
import { serverSentEvent, serverSentId } from '../live/server-sent-event.ts';
import { withHeartbeats } from '../live/with-heartbeats.ts';
import { toProblem } from '../problem.ts';

/** Between two tries while PostgreSQL is away, in milliseconds. */
const retryAfter = 1_000;

/** How often a reader is told where it is while nothing comes that it wants, in milliseconds. */
const placeAfter = 10_000;

interface Reading {
  readonly log: Pick<EventLog, 'follow'>;
  /** Events behind this position. */
  readonly after: number;
  readonly filter: EventFilter;
  /** Aborted when no one reads any more, or this process stops. */
  readonly signal: AbortSignal;
}

/**
 * Tells the events of the log as Server-Sent Events as they come: an `event` for each, with its position as id, and one
 * `problem` for each time that PostgreSQL is away, after which it goes on where it was. The log is read on only when
 * the reader has taken what was read, so nothing is queued for a slow one.
 */
export function streamEvents(reading: Reading): AsyncGenerator<string, void> {
  return withHeartbeats(tellEvents(reading));
}

async function* tellEvents({ log, filter, signal, ...from }: Reading): AsyncGenerator<string, void> {
  let after = from.after;
  let toldAt = Date.now();
  let isAway = false;
  yield serverSentId(after);
  while (!signal.aborted) {
    try {
      for await (const { events, next } of log.follow({ after, filter, signal })) {
        isAway = false;
        for (const recorded of events) yield serverSentEvent('event', recorded, recorded.position);
        const isFar = next > after && Date.now() - toldAt >= placeAfter;
        if (events.length > 0 || isFar) toldAt = Date.now();
        if (events.length === 0 && isFar) yield serverSentId(next);
        after = next;
      }
    } catch (error) {
      if (!(error instanceof BatonError) || error.code !== 'database-unavailable') throw error;
      if (!isAway) yield serverSentEvent('problem', toProblem(error, 'stream'));
      isAway = true;
      await sleep(retryAfter, undefined, { signal }).catch(() => undefined);
    }
  }
}
