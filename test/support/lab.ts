import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  Worker,
  type WorkflowBundle,
} from '@temporalio/worker';

import { loadRunView } from '../../src/cli/load-run-view.ts';
import type { RunView } from '../../src/core/run-state.ts';
import { bundleProcesses, type ProcessModule } from '../../src/workers/process-bundle.ts';
import type { CallSettings } from '../../src/workflows/call-settings.ts';
import { ScriptedServices } from './scripted-services.ts';
import { startTestServer } from './test-server.ts';

// What the tests provoke on purpose would fill pages.
const logger = new DefaultLogger('ERROR');
Runtime.install({
  logger,
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});

const buildRoot = fileURLToPath(new URL('../../.baton/', import.meta.url));

/** Temporal's time-skipping server and a worker with scripted services, for the tests of one file. */
export interface Lab {
  readonly environment: TestWorkflowEnvironment;
  readonly services: ScriptedServices;
  readonly bundle: WorkflowBundle;
  /** Starts a run and lets `test` work with it while a worker is up on a task queue of its own. */
  run<T>(process: string, args: readonly unknown[], test: (handle: WorkflowHandle) => Promise<T>): Promise<T>;
  /** What the API would show of a run. */
  view(handle: WorkflowHandle): Promise<RunView>;
  close(): Promise<void>;
}

export async function createLab(options: {
  processes: readonly ProcessModule[];
  settings: Readonly<Record<string, CallSettings>>;
}): Promise<Lab> {
  await mkdir(buildRoot, { recursive: true });
  const buildDir = await mkdtemp(join(buildRoot, 'lab-'));
  const [environment, bundle] = await Promise.all([
    startTestServer(),
    bundleProcesses({ ...options, buildDir }),
  ]);
  const services = new ScriptedServices(Object.keys(options.settings));

  return {
    environment,
    services,
    bundle,
    run: async (process, args, test) => {
      const taskQueue = `lab-${randomUUID()}`;
      const worker = await Worker.create({
        connection: environment.nativeConnection,
        taskQueue,
        workflowBundle: bundle,
        activities: services.functions,
        maxHeartbeatThrottleInterval: '100 ms',
      });
      return worker.runUntil(async () => {
        const handle = await environment.client.workflow.start(process, {
          workflowId: `${process}-${randomUUID()}`,
          taskQueue,
          args: [...args],
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
