import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { Registry } from 'prom-client';

import { createApp } from '../src/api/app.ts';
import { listen } from '../src/api/listen.ts';
import { loadRunView, watchRunView } from '../src/cli/load-run-view.ts';
import type { EventLog } from '../src/events/event-log.ts';
import { defaultCacheDir } from '../src/dev/program-cache.ts';
import { locateTemporal } from '../src/dev/temporal-binary.ts';
import { startTemporal } from '../src/dev/temporal-server.ts';
import { connectWorker } from '../src/temporal/connect-worker.ts';
import { createClient } from '../src/temporal/create-client.ts';
import { readHistory } from '../src/temporal/read-history.ts';
import { ensureSearchAttributes } from '../src/temporal/search-attributes.ts';
import { startWorker } from '../src/workers/start-worker.ts';
import { installRuntime } from '../src/workers/temporal-runtime.ts';
import { benchProject } from './project.ts';

const ports = { temporal: 17_233, ui: 18_233 };
const taskQueue = 'bench';

/** Everything that is measured, up and running: API, worker and client on one connection, as in `baton serve`. */
export interface Stage {
  readonly client: Client;
  readonly apiUrl: string;
  readonly taskQueue: string;
  close(): Promise<void>;
}

/** Brings up an embedded Temporal as `npm start` has it, with its data in a file, and a service in its own process. */
export async function openStage(eventLog: EventLog | null = null): Promise<Stage> {
  const home = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const log = pino({ level: 'error' }, pino.destination(2));
  const report = (line: string): void => {
    console.error(line);
  };
  const binary = await locateTemporal({ cacheDir: defaultCacheDir(process.env), env: process.env, report });
  const temporal = await startTemporal({
    binary,
    host: '127.0.0.1',
    port: ports.temporal,
    uiPort: ports.ui,
    dataFile: join(home, 'temporal.db'),
    logFile: join(home, 'temporal.log'),
    env: process.env,
    report,
  });
  const service = fork(fileURLToPath(new URL('./echo-service.ts', import.meta.url)));
  const [port] = (await once(service, 'message')) as [number];

  installRuntime(log);
  const connection = await connectWorker({
    address: temporal.address,
    namespace: 'default',
    credentials: {},
  });
  const client = createClient({ connection, namespace: 'default' });
  await ensureSearchAttributes(client);
  const project = benchProject(`http://127.0.0.1:${port}`);
  const worker = await startWorker({
    connection,
    namespace: 'default',
    taskQueue,
    project,
    env: {},
    home,
    shutdownGrace: 5_000,
    log,
    eventLog,
  });
  const app = createApp({
    client,
    project,
    taskQueue,
    eagerStart: true,
    bodyLimit: 1_000_000,
    uiUrl: null,
    log,
    registry: new Registry(),
    eventLog,
    loadRunView: (id) => loadRunView(client, id),
    watchRunView: (id, signal) => watchRunView(client, id, signal),
    readHistory: (id) => readHistory(client, { workflowId: id }),
    validate: () => [],
    checks: {},
  });
  const api = await listen(app, { host: '127.0.0.1', port: 0, grace: 1_000, log });

  return {
    client,
    apiUrl: api.url,
    taskQueue,
    close: async () => {
      await api.close();
      await worker.stop();
      await connection.close();
      service.disconnect();
      await temporal.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
