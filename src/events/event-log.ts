import type { Logger } from 'pino';

import type { CloudEvent } from '../core/cloud-event.ts';
import type { EventFilter } from '../core/event-filter.ts';
import { type Appended, appendEvents } from './append-events.ts';
import { type Database, openDatabase } from './database.ts';
import { followEvents } from './follow-events.ts';
import { migrate } from './migrate.ts';
import { type EventPage, positionBefore, readEvents, readHead, type ReadOptions } from './read-events.ts';
import { openWakeUp, type WakeUp } from './wake-up.ts';

/**
 * The event log: append-only, on PostgreSQL. An event is known by its source and id, and is appended once. Positions
 * rise in the order of commits, so a reader that goes on behind a position misses nothing.
 *
 * Every method throws BatonError `database-unavailable` while PostgreSQL is away.
 */
export interface EventLog {
  readonly database: Database;
  readonly wakeUp: WakeUp;
  /** Appends in order, all or none; see {@link appendEvents}. */
  append(events: readonly CloudEvent[]): Promise<readonly Appended[]>;
  read(options: ReadOptions): Promise<EventPage>;
  /** Reads on for ever: pages as they come, an empty one when nothing came for a while. */
  follow(options: { after: number; filter?: EventFilter; signal: AbortSignal }): AsyncIterable<EventPage>;
  head(): Promise<number>;
  /** The position before the first event recorded at that time or later. */
  positionBefore(time: Date): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens the log. Nothing is asked of PostgreSQL yet, so it may be away; its tables are brought up to date before the first
 * statement.
 */
export function openEventLog(options: {
  readonly url: string;
  readonly log: Logger;
  /** Connections at the most, beside the one that listens. */
  readonly connections?: number;
}): EventLog {
  const database = openDatabase({ ...options, prepare: async () => migrate(options.url) });
  const wakeUp = openWakeUp(options);
  return {
    database,
    wakeUp,
    append: async (events) => appendEvents(database, events),
    read: async (read) => readEvents(database, read),
    follow: (follow) => followEvents({ database, wakeUp, ...follow }),
    head: async () => readHead(database),
    positionBefore: async (time) => positionBefore(database, time),
    close: async () => {
      await wakeUp.close();
      await database.close();
    },
  };
}
