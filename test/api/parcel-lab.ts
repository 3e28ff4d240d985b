import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach } from 'vitest';

import type { ApiDeps } from '../../src/api/deps.ts';
import { loadRunView, watchRunView } from '../../src/cli/load-run-view.ts';
import { searchAttributeTypes } from '../../src/core/attributes.ts';
import { locateTemporal } from '../../src/dev/temporal-binary.ts';
import { readHistory } from '../../src/temporal/read-history.ts';
import { defaultRetryPolicy } from '../../src/core/retry-policy.ts';
import { bundleProcesses } from '../../src/workers/process-bundle.ts';
import { ScriptedServices } from '../support/scripted-services.ts';
import { sampleDeps, startApi, type TestApi } from './sample.ts';

const logger = new DefaultLogger('ERROR');
Runtime.install({ logger });

/** A real Temporal and a worker that runs the parcel process. */
export interface ParcelLab {
  readonly environment: TestWorkflowEnvironment;
  readonly bundle: WorkflowBundle;
  readonly taskQueue: string;
  /** The carrier that a delivery calls. */
  readonly services: ScriptedServices;
  /** Lets another worker serve another task queue while `work` runs. */
  serve<T>(taskQueue: string, work: () => Promise<T>): Promise<T>;
  /** What an API on this Temporal is made of. */
  deps(overrides?: Partial<ApiDeps>): ApiDeps;
  close(): Promise<void>;
}

/** What fails once is tried again only when someone says so. */
const retry = {
  ...defaultRetryPolicy,
  initialInterval: 600_000,
  maximumInterval: 600_000,
  maximumAttempts: 5,
};
const operations = ['book', 'label', 'deliver', 'cancel'].map((name) => `carrier.${name}`);
const settings = Object.fromEntries(
  operations.map((name) => [name, { timeout: 5_000, retry, quick: false }]),
);

export async function createParcelLab(): Promise<ParcelLab> {
  const root = fileURLToPath(new URL('../../.baton/', import.meta.url));
  await mkdir(root, { recursive: true });
  const buildDir = await mkdtemp(join(root, 'api-'));
  const module = fileURLToPath(new URL('parcel.ts', import.meta.url));
  const [environment, bundle] = await Promise.all([
    startServer(),
    bundleProcesses({
      processes: [{ name: 'parcel', module, exportName: 'parcel' }],
      settings,
      buildDir,
    }),
  ]);
  const taskQueue = `api-${randomUUID()}`;
  const services = new ScriptedServices(operations);
  const createWorker = (queue: string): Promise<Worker> =>
    Worker.create({
      connection: environment.nativeConnection,
      taskQueue: queue,
      workflowBundle: bundle,
      activities: services.functions,
    });
  const worker = await createWorker(taskQueue);
  const running = worker.run();
  const { client } = environment;

  return {
    environment,
    bundle,
    taskQueue,
    services,
    serve: async (queue, work) => (await createWorker(queue)).runUntil(work),
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
      extraArgs: Object.entries(searchAttributeTypes).flatMap(([name, type]) => [
        '--search-attribute',
        `${name}=${type}`,
      ]),
    },
  });
}

/**
 * A lab with an API on it, for the tests of one file: opened before the first of them and closed after the last, its
 * services as new for each.
 */
export function useParcelApi(): { readonly lab: Omit<ParcelLab, 'close'>; readonly api: TestApi } {
  let opened: { readonly lab: ParcelLab; readonly api: TestApi } | undefined;
  const use = (): NonNullable<typeof opened> => {
    if (opened === undefined) throw new Error('the lab is open only while tests run');
    return opened;
  };
  beforeAll(async () => {
    const lab = await createParcelLab();
    opened = { lab, api: await startApi(lab.deps()) };
  });
  afterAll(async () => {
    await opened?.api.listening.close();
    await opened?.lab.close();
  });
  beforeEach(() => {
    use().lab.services.reset();
  });
  return {
    lab: {
      get environment() {
        return use().lab.environment;
      },
      get bundle() {
        return use().lab.bundle;
      },
      get taskQueue() {
        return use().lab.taskQueue;
      },
      get services() {
        return use().lab.services;
      },
      serve: async (taskQueue, work) => use().lab.serve(taskQueue, work),
      deps: (overrides) => use().lab.deps(overrides),
    },
    api: {
      get listening() {
        return use().api.listening;
      },
      get url() {
        return use().api.url;
      },
      ask: async (request, options) => use().api.ask(request, options),
    },
  };
}
