import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';
import type { Logger } from 'pino';

import { channels } from './database.ts';
import { Waiters } from './waiters.ts';

/** Tells those who wait that there is something new. It only wakes: what is new is always read. */
export interface WakeUp {
  /**
   * Waits until something was appended since the call, or the time is over; both are a reason to look.
   *
   * @param limit in milliseconds
   */
  next(limit: number, signal: AbortSignal): Promise<void>;
  /**
   * Waits until consumers were made, changed or left since the call, or the time is over.
   *
   * @param limit in milliseconds
   */
  nextChange(limit: number, signal: AbortSignal): Promise<void>;
  /** The last position that was told; `null` before the first. Never ahead of the log, and behind it for a moment only. */
  readonly head: number | null;
  close(): Promise<void>;
}

/** Between two tries to listen again, in milliseconds. */
const reconnectAfter = 500;

/** So long may a connection be silent before the system asks whether the other end is there, in milliseconds. */
const keepAliveAfter = 10_000;

/**
 * Listens for NOTIFY on one connection of its own, for all who wait in this process. It goes to the server directly: a
 * pooler in transaction mode passes no notifications on. While it is away, those who wait look when their time is over.
 */
export function openWakeUp({ url, log }: { readonly url: string; readonly log: Logger }): WakeUp {
  const closing = new AbortController();
  const waiting = { events: new Waiters(), consumers: new Waiters() };
  let head: number | null = null;
  const hear = ({ channel, payload = '' }: pg.Notification): void => {
    if (channel === channels.consumers) {
      waiting.consumers.wake();
      return;
    }
    head = Math.max(head ?? 0, Number(payload));
    waiting.events.wake();
  };
  const wake = (): void => {
    waiting.events.wake();
    waiting.consumers.wake();
  };
  const listening = keepListening({ url, log, hear, wake, signal: closing.signal });
  return {
    get head() {
      return head;
    },
    next: async (limit, signal) => waiting.events.next(limit, signal),
    nextChange: async (limit, signal) => waiting.consumers.next(limit, signal),
    close: async () => {
      closing.abort();
      waiting.events.close();
      waiting.consumers.close();
      await listening;
    },
  };
}

interface Listening {
  readonly url: string;
  readonly log: Logger;
  readonly hear: (notification: pg.Notification) => void;
  readonly wake: () => void;
  readonly signal: AbortSignal;
}

async function keepListening(listening: Listening): Promise<void> {
  const { log, wake, signal } = listening;
  while (!signal.aborted) {
    try {
      await listenOnce(listening);
    } catch (error) {
      log.debug({ err: error }, 'no notifications from PostgreSQL for the moment');
    }
    // Whatever was told meanwhile is lost; whoever waits looks for itself.
    wake();
    await sleep(reconnectAfter, undefined, { signal }).catch(() => undefined);
  }
}

/** Listens until the connection ends. */
async function listenOnce({ url, hear, wake, signal }: Listening): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'baton wake-up',
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfter,
  });
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve);
    client.on('error', () => {
      resolve();
    });
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  try {
    await client.connect();
    client.on('notification', hear);
    for (const channel of Object.values(channels)) await client.query(`LISTEN ${channel}`);
    wake();
    await ended;
  } finally {
    await client.end().catch(() => undefined);
  }
}
