import type { Client } from '@temporalio/client';
import { collectDefaultMetrics } from 'prom-client';

import { createApp } from '../api/app.ts';
import { listen, type Listening } from '../api/listen.ts';
import { validateAgainst } from '../project/json-schema.ts';
import { readHistory } from '../temporal/read-history.ts';
import type { Context } from './context.ts';
import { loadRunView, watchRunView } from './load-run-view.ts';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Starts the API on a client's connection. With `eagerStart` a worker must share that connection. */
export async function startApi(
  context: Context,
  { client, eagerStart, uiUrl }: { client: Client; eagerStart: boolean; uiUrl?: string | null },
): Promise<Listening> {
  const { config, log, project, eventLog, registry } = context;
  collectDefaultMetrics({ register: registry });
  const app = createApp({
    client,
    project,
    taskQueue: config.taskQueue,
    eagerStart,
    bodyLimit: config.bodyLimit,
    uiUrl: uiUrl ?? config.uiUrl,
    log,
    registry,
    eventLog,
    loadRunView: (id) => loadRunView(client, id),
    watchRunView: (id, signal) => watchRunView(client, id, signal),
    readHistory: (id) => readHistory(client, { workflowId: id }),
    validate: validateAgainst,
    checks: { temporal: () => client.workflowService.getSystemInfo({}) },
  });
  if (!loopback.has(config.host)) {
    log.warn(
      { host: config.host },
      'the API listens beyond this machine and has no keys yet: whoever reaches it may use it',
    );
  }
  const listening = await listen(app, {
    host: config.host,
    port: config.port,
    grace: config.shutdownGrace,
    log,
  });
  log.info({ url: listening.url }, 'the API is up');
  return listening;
}
