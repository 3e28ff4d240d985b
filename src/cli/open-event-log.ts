import type { Logger } from 'pino';

import { type EventLog, openEventLog } from '../events/event-log.ts';

/** The event log that the configuration names; `null` where it names none. */
export function openConfiguredLog(databaseUrl: string | null, log: Logger): EventLog | null {
  return databaseUrl === null ? null : openEventLog({ url: databaseUrl, log });
}
