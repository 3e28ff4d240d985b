import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';
import type { Logger } from 'pino';

import { createBell } from './bell.ts';
import { outboxChannel, readOutbox, removeFromOutbox, setAside } from './outbox.ts';
import { postEvents } from './post-events.ts';

export interface RelayOptions {
  readonly databaseUrl: string;
  /** Where the event log is, without a slash at the end. */
  readonly api: string;
  readonly log: Logger;
}

/** Whoever has this lock of the database relays; any number that no other user of the database takes for a lock. */
const relayLock = 2_026_002;
const batchSize = 100;
/** Times in milliseconds. */
const [shortestPause, longestPause] = [100, 5_000];
const standby = 1_000;
/** The bell may be lost with its connection; the outbox is looked at from time to time in any case. */
const longestSilence = 5_000;

/**
 * Carries events from the outbox to the log, in order, until it is stopped. An event leaves the outbox only after the log
 * has it; one that was carried twice is known there. Of several instances of a service one relays, the others stand by.
 */
export function startRelay(options: RelayOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const done = relay(options, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function relay(options: RelayOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await relayOnce(options, signal);
    } catch (error) {
      options.log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'the relay has lost its database',
      );
      await pause(standby, signal);
    }
  }
}

/** Relays for as long as its connection lasts. */
async function relayOnce({ databaseUrl, api, log }: RelayOptions, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  const bell = createBell();
  client.on('notification', bell.ring);
  // The next query says that the connection is gone; unheard, the event would end the process.
  client.on('error', bell.ring);
  try {
    await client.connect();
    await client.query(`LISTEN ${outboxChannel}`);
    while (!signal.aborted && !(await tryLock(client))) await pause(standby, signal);
    await empty({ client, api, log, wait: () => bell.wait(longestSilence, signal) }, signal);
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Session {
  readonly client: pg.Client;
  readonly api: string;
  readonly log: Logger;
  /** Until there may be something new. */
  readonly wait: () => Promise<void>;
}

async function empty({ client, api, log, wait }: Session, signal: AbortSignal): Promise<void> {
  let failures = 0;
  let limit = batchSize;
  while (!signal.aborted) {
    const batch = await readOutbox(client, limit);
    const [first] = batch;
    if (first === undefined) {
      limit = batchSize;
      await wait();
      continue;
    }
    const outcome = await postEvents(
      api,
      batch.map(({ event }) => event),
      signal,
    );
    if (outcome.kind === 'away') {
      if (failures === 0 && !isOver(signal))
        log.warn({ api, reason: outcome.reason }, 'the event log is away; events wait in the outbox');
      failures += 1;
      await pause(delayAfter(failures, Math.random()), signal);
      continue;
    }
    if (failures > 0) log.info({ api }, 'the event log is back');
    failures = 0;
    if (outcome.kind === 'taken') await removeFromOutbox(client, batch);
    else if (batch.length > 1) limit = 1;
    else {
      log.error(
        { event: first.event, reason: outcome.reason },
        'the log refuses an event; it stays in the outbox',
      );
      await setAside(client, first, outcome.reason);
      limit = batchSize;
    }
  }
}

/**
 * How long to wait after so many failures in a row, in milliseconds.
 *
 * @param random a number in [0, 1): instances that failed together do not come again together
 */
export function delayAfter(failures: number, random: number): number {
  return Math.min(longestPause, shortestPause * 2 ** (failures - 1)) * (0.5 + random / 2);
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
    relayLock,
  ]);
  return rows[0]?.got === true;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Asked anew: it may have come while something was awaited. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
