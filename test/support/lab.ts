import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { WorkflowHandle, WorkflowStartOptions } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  Worker,
  type WorkflowBundle,
} from '@temporalio/worker';

import { createEventActivities } from '../../src/activities/event-activities.ts';
import { loadRunView } from '../../src/cli/load-run-view.ts';
import type { RunView } from '../../src/core/run-state.ts';
import { eventDataFaults } from '../../src/project/event-data-faults.ts';
import type { ProjectEvents } from '../../src/project/project.ts';
import { bundleProcesses, type ProcessModule } from '../../src/workers/process-bundle.ts';
import type { CallSettings } from '../../src/workflows/call-settings.ts';
import { MemoryEvents } from './memory-events.ts';
import { ScriptedServices } from './scripted-services.ts';
import { startTestServer } from './test-server.ts';

// What the tests provoke on purpose would fill pages.
const logger = new DefaultLogger('ERROR');
Runtime.install({
  logger,
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});

const buildRoot = fileURLToPath(new URL('../../.baton/', import.meta.url));

/** A process by its name, or with what else its start says. */
type Started =
  string | ({ readonly process: string } & Pick<WorkflowStartOptions, 'memo' | 'typedSearchAttributes'>);

/** Temporal's time-skipping server and a worker with scripted services, for the tests of one file. */
export interface Lab {
  readonly environment: TestWorkflowEnvironment;
  readonly services: ScriptedServices;
  /** The event log of the runs. */
  readonly events: MemoryEvents;
  readonly bundle: WorkflowBundle;
  /** Starts a run and lets `test` work with it while a worker is up on a task queue of its own. */
  run<T>(
    process: Started,
    args: readonly unknown[],
    test: (handle: WorkflowHandle) => Promise<T>,
  ): Promise<T>;
  /** What the API would show of a run. */
  view(handle: WorkflowHandle): Promise<RunView>;
  close(): Promise<void>;
}

export async function createLab(options: {
  processes: readonly ProcessModule[];
  settings: Readonly<Record<string, CallSettings>>;
  /** What the events that runs emit are held to; left out: nothing. */
  eventTypes?: ProjectEvents['types'];
}): Promise<Lab> {
  await mkdir(buildRoot, { recursive: true });
  const buildDir = await mkdtemp(join(buildRoot, 'lab-'));
  const [environment, bundle] = await Promise.all([
    startTestServer(),
    bundleProcesses({ ...options, buildDir }),
  ]);
  const services = new ScriptedServices(Object.keys(options.settings));
  const events = new MemoryEvents(environment.client, () => environment.currentTimeMs());
  const types = options.eventTypes ?? {};
  const eventFunctions = createEventActivities({
    ...{ events, random: () => 0 },
    dataFaults: (event) => eventDataFaults({ types }, event),
  });

  return {
    environment,
    services,
    events,
    bundle,
    run: async (started, args, test) => {
      const { process, ...more } = typeof started === 'string' ? { process: started } : started;
      const taskQueue = `lab-${randomUUID()}`;
      const worker = await Worker.create({
        connection: environment.nativeConnection,
        taskQueue,
        workflowBundle: bundle,
        activities: { ...services.functions, ...eventFunctions },
        maxHeartbeatThrottleInterval: '100 ms',
      });
      return worker.runUntil(async () => {
        const handle = await environment.client.workflow.start(process, {
          workflowId: `${process}-${randomUUID()}`,
          taskQueue,
          args: [...args],
          ...more,
        });
        return test(handle);
      });
    },
    view: ({ workflowId }) => loadRunView(environment.client, workflowId),
    close: async () => {
      await environment.teardown();
      await rm(buildDir, { recursive: true, force: true });
    },
  };
}
