import { join } from 'node:path';

import type { BundlerPlugin, NativeConnection, WorkerPlugin } from '@temporalio/worker';
import type { Logger } from 'pino';

import { createActivities } from '../activities/index.ts';
import { BatonError } from '../core/errors.ts';
import type { EventLog } from '../events/event-log.ts';
import { openRunEvents } from '../events/waits/open-run-events.ts';
import { eventDataFaults } from '../project/event-data-faults.ts';
import type { Project } from '../project/project.ts';
import { callOptions } from '../services/call-options.ts';
import { missingSecrets } from '../services/missing-secrets.ts';
import { createWorker } from './create-worker.ts';
import { bundleProcesses } from './process-bundle.ts';

/** A worker that is up. */
export interface RunningWorker {
  /** Ends when the worker has stopped; rejects when it fails. */
  readonly done: Promise<void>;
  /** Takes no more tasks, lets calls finish for the grace, and ends. */
  stop(): Promise<void>;
}

/**
 * Starts a worker for a project: its processes bundled, its catalogue's operations and the event log as activities.
 *
 * @throws BatonError `invalid-request` when secrets of the catalogue are missing, or a process cannot be bundled;
 *   `temporal-unavailable`
 */
export async function startWorker(options: {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  project: Project;
  /** Where the catalogue's secrets are looked up. */
  env: Readonly<Record<string, string | undefined>>;
  /** Folder for what is built. */
  home: string;
  /** How long calls may go on after a stop, in milliseconds. */
  shutdownGrace: number;
  log: Logger;
  /** `null` where no database is configured: then the steps that need it fail. */
  eventLog: EventLog | null;
  /** What carries traces. */
  plugins?: readonly (WorkerPlugin & BundlerPlugin)[];
}): Promise<RunningWorker> {
  const { project, env, log, eventLog } = options;
  assertSecrets(project, env);
  const bundle = await bundleProcesses({
    processes: Object.values(project.processes),
    settings: callOptions(project.catalogue),
    buildDir: join(options.home, 'build'),
    ...(options.plugins !== undefined && { plugins: options.plugins }),
  });
  const activities = createActivities(project.catalogue, {
    secret: (name) => env[name],
    events: eventLog && openRunEvents(eventLog),
    dataFaults: (event) => eventDataFaults(project.events, event),
  });
  const worker = await orUnavailable(createWorker({ ...options, bundle, activities }));
  const done = worker.run().finally(() => activities.close());
  log.info({ taskQueue: options.taskQueue, processes: Object.keys(project.processes) }, 'the worker is up');

  return {
    done,
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
      log.info('the worker has stopped');
    },
  };
}

function assertSecrets({ catalogue }: Project, env: Readonly<Record<string, string | undefined>>): void {
  const faults = missingSecrets(catalogue, env).map(({ service, secret }) => ({
    pointer: `/services/${service}/auth/secret`,
    message: `${secret}: set this environment variable; calls to "${service}" carry it`,
  }));
  if (faults.length > 0)
    throw new BatonError('invalid-request', 'Secrets of the catalogue are not set', { faults });
}

/** With a bundle that is whole, a worker cannot be made only where Temporal does not answer it. */
async function orUnavailable<T>(creating: Promise<T>): Promise<T> {
  try {
    return await creating;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BatonError('temporal-unavailable', `Temporal does not let the worker begin: ${reason}`, {
      cause,
    });
  }
}
