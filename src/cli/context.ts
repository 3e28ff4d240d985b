import type { Logger } from 'pino';
import { Registry } from 'prom-client';

import { type Config, readConfig } from '../config.ts';
import { loadProject } from '../project/load-project.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Project } from '../project/project.ts';
import { readTemporalSettings, type TemporalSettings } from '../temporal/settings.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { createLog } from './log.ts';
import { openConfiguredLog } from './open-event-log.ts';
import { openTracing } from './open-tracing.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What every long-running command begins with. */
export interface Context {
  readonly env: Environment;
  readonly config: Config;
  readonly log: Logger;
  readonly project: Project;
  readonly temporal: TemporalSettings;
  readonly tracing: Tracing;
  /** The metrics of this process, beside those that Temporal's SDK has of a worker. */
  readonly registry: Registry;
  /** `null` where no database is configured. Whoever opened the context closes it. */
  readonly eventLog: EventLog | null;
}

/**
 * Reads the environment and the project.
 *
 * @throws BatonError with every fault of the environment, or of the project's files
 */
export async function openContext(projectDir: string, env: Environment = process.env): Promise<Context> {
  const config = readConfig(env);
  const project = await loadProject(projectDir, env);
  const temporal = readTemporalSettings(env);
  const log = createLog(config.logLevel);
  const eventLog = openConfiguredLog(config.databaseUrl, log);
  const tracing = await openTracing(config);
  return { env, config, log, project, temporal, eventLog, tracing, registry: new Registry() };
}
