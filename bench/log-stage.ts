import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';

import { freePort } from '../src/dev/ports.ts';
import { startPostgres } from '../src/dev/postgres-server.ts';
import { type EventLog, openEventLog } from '../src/events/event-log.ts';

/** An event log on a PostgreSQL as `npm start` has it: every commit is on the disk before it is answered. */
export interface LogStage {
  readonly eventLog: EventLog;
  close(): Promise<void>;
}

export async function openLogStage(): Promise<LogStage> {
  const home = await mkdtemp(join(tmpdir(), 'baton-bench-log-'));
  // As root PostgreSQL runs as another account: it must get at its data here, where they are removed with the rest.
  await chmod(home, 0o711);
  const host = '127.0.0.1';
  const postgres = await startPostgres({
    host,
    port: await freePort(host),
    dataDir: join(home, 'postgres'),
    logFile: join(home, 'postgres.log'),
    report: (line) => {
      console.error(line);
    },
  });
  const eventLog = openEventLog({ url: postgres.url, log: pino({ level: 'error' }, pino.destination(2)) });
  await eventLog.head();
  return {
    eventLog,
    close: async () => {
      await eventLog.close();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
