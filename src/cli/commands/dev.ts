import { join } from 'node:path';

import { Registry } from 'prom-client';

import { type Config, readConfig } from '../../config.ts';
import { startEmbedded } from '../../dev/embedded.ts';
import { openEventLog } from '../../events/event-log.ts';
import { loadDefinitions } from '../../events/read-models/load-definitions.ts';
import { loadProject } from '../../project/load-project.ts';
import { readTemporalSettings } from '../../temporal/settings.ts';
import type { Context } from '../context.ts';
import { createLog } from '../log.ts';
import { openTracing } from '../open-tracing.ts';
import { serve } from '../serve.ts';
import { startDeliverer } from '../start-deliverer.ts';
import { runUntilStopped, type StopSignal } from '../stop-signal.ts';
import { welcomeText } from '../welcome.ts';

/**
 * `baton dev`: brings up everything that a project needs on this machine, with API and worker in this process, until
 * Ctrl-C. Whatever TEMPORAL_ADDRESS and DATABASE_URL name is used instead of an embedded part.
 */
export async function devCommand({ project }: { project: string }): Promise<void> {
  await runUntilStopped((stop) => develop(project, stop));
}

/** As the project's services see it: they are on this machine. A port that is chosen at the start is not known to them. */
function apiUrlOf({ host, port }: Config): string | null {
  if (port === 0) return null;
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function develop(dir: string, stop: StopSignal): Promise<void> {
  const began = Date.now();
  const report = (line: string): void => {
    console.log(`  ${line}`);
  };
  const config = readConfig(process.env);
  const elsewhere = config.temporalAddress === null ? null : readTemporalSettings(process.env);
  const project = await loadProject(dir, process.env);
  const readModels = await loadDefinitions(project.readModels, join(config.home, 'build'));
  console.log(`baton dev, ${project.dir}`);
  const embedded = await startEmbedded({
    home: config.home,
    cacheDir: config.cache,
    env: process.env,
    host: '127.0.0.1',
    ports: { temporal: config.dev.temporalPort, ui: config.dev.uiPort, postgres: config.dev.postgresPort },
    temporalAddress: config.temporalAddress,
    namespace: config.temporalNamespace,
    databaseUrl: config.databaseUrl,
    project,
    apiUrl: apiUrlOf(config),
    otherPorts: [{ host: config.host, port: config.port, purpose: 'the API', change: 'set BATON_PORT' }],
    report,
    signal: stop.signal,
  });

  try {
    const env = { ...process.env, ...embedded.secrets };
    // A profile for another server, with its keys, must not reach the embedded one.
    const own = { address: embedded.temporal.address, namespace: config.temporalNamespace, credentials: {} };
    // A developer reads what the parts report; the log speaks up only when something is wrong.
    const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
    const tracing = await openTracing(config);
    const temporal = elsewhere ?? own;
    const eventLog = openEventLog({ url: embedded.databaseUrl, log });
    // What the deliverer counts comes out at the API.
    const registry = new Registry();
    const context: Context = { env, config, log, project, temporal, tracing, eventLog, registry };
    const uiUrl = embedded.temporal.uiUrl ?? config.uiUrl;
    const served = await serve(context, { uiUrl, signal: stop.signal });
    const deliverer = startDeliverer(context, { eventLog, readModels });
    console.log(welcomeText({ url: served.url, uiUrl, project, seconds: (Date.now() - began) / 1_000 }));
    await Promise.race([served.done, stop.requested]);
    report('stopping');
    await deliverer.stop();
    await served.stop();
  } finally {
    await embedded.stop();
  }
  report('stopped');
}
