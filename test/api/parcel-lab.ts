import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';

import type { ApiDeps } from '../../src/api/deps.ts';
import { loadRunView, watchRunView } from '../../src/cli/load-run-view.ts';
import { searchAttributes } from '../../src/core/attributes.ts';
import { locateTemporal } from '../../src/dev/temporal-binary.ts';
import { readHistory } from '../../src/temporal/read-history.ts';
import { bundleProcesses } from '../../src/workers/process-bundle.ts';
import { sampleDeps } from './sample.ts';

const logger = new DefaultLogger('ERROR');
Runtime.install({ logger });

/** A real Temporal and a worker that runs the parcel process. */
export interface ParcelLab {
  readonly environment: TestWorkflowEnvironment;
  readonly bundle: WorkflowBundle;
  readonly taskQueue: string;
  /** What an API on this Temporal is made of. */
  deps(overrides?: Partial<ApiDeps>): ApiDeps;
  close(): Promise<void>;
}

export async function createParcelLab(): Promise<ParcelLab> {
  const root = fileURLToPath(new URL('../../.baton/', import.meta.url));
  await mkdir(root, { recursive: true });
  const buildDir = await mkdtemp(join(root, 'api-'));
  const module = fileURLToPath(new URL('parcel.ts', import.meta.url));
  const [environment, bundle] = await Promise.all([
    startServer(),
    bundleProcesses({
      processes: [{ name: 'parcel', module, exportName: 'parcel' }],
      settings: {},
      buildDir,
    }),
  ]);
  const taskQueue = `api-${randomUUID()}`;
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue,
    workflowBundle: bundle,
  });
  const running = worker.run();
  const { client } = environment;

  return {
    environment,
    bundle,
    taskQueue,
    deps: (overrides = {}) =>
      sampleDeps({
        client,
        taskQueue,
        loadRunView: (id) => loadRunView(client, id),
        watchRunView: (id, signal) => watchRunView(client, id, signal),
        readHistory: (id) => readHistory(client, { workflowId: id }),
        ...overrides,
      }),
    close: async () => {
      worker.shutdown();
      await running;
      await environment.teardown();
      await rm(buildDir, { recursive: true, force: true });
    },
  };
}

/** A whole server, for the time-skipping one keeps no list of runs. */
async function startServer(): Promise<TestWorkflowEnvironment> {
  const path = await locateTemporal({ cacheDir: null, env: process.env, report: console.error });
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path },
      extraArgs: [searchAttributes.businessKey, searchAttributes.status]
        .flatMap((name) => ['--search-attribute', `${name}=Keyword`])
        .concat('--search-attribute', `${searchAttributes.waitingFor}=KeywordList`),
    },
  });
}
