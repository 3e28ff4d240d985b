import pino from 'pino';

import type { CloudEvent } from '../../src/core/cloud-event.ts';
import { type EventLog, openEventLog } from '../../src/events/event-log.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';

/** A PostgreSQL of a test file's own, with logs on it. */
export interface LogLab {
  readonly postgres: Postgres;
  /** A log in a database of its own, or one more process on a database that is there. */
  open(url?: string): Promise<EventLog>;
  close(): Promise<void>;
}

export const silent = pino({ level: process.env['TEST_LOG'] ?? 'silent' });

export async function openLogLab(): Promise<LogLab> {
  const postgres = await startPostgres();
  const logs: EventLog[] = [];
  return {
    postgres,
    open: async (url) => {
      const log = openEventLog({ url: url ?? (await postgres.createDatabase()), log: silent });
      logs.push(log);
      return log;
    },
    close: async () => {
      await Promise.all(logs.map((log) => log.close()));
      await postgres.stop();
    },
  };
}

/** An event that needs no more said about it. */
export function sampleEvent(overrides: Partial<CloudEvent> = {}): CloudEvent {
  const id = overrides.id ?? crypto.randomUUID();
  return { specversion: '1.0', source: '/test', type: 'test.happened', ...overrides, id };
}
