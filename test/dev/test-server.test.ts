import { fileURLToPath } from 'node:url';

import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { expect, it, onTestFinished } from 'vitest';

import { locateTestServer } from '../../src/dev/test-server.ts';
import type { sleepForAMonth } from './sleeping-workflow.ts';
import { temporaryFolder } from './temporary-folder.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

it('lets 30 days pass while the test waits for the run', async () => {
  const path = await locateTestServer({ cacheDir: null, env: process.env, report: console.error });
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  onTestFinished(async () => environment.teardown());
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: 'dev',
    workflowsPath: fileURLToPath(new URL('./sleeping-workflow.ts', import.meta.url)),
  });
  const before = await environment.currentTimeMs();
  await worker.runUntil(async () =>
    environment.client.workflow.execute<typeof sleepForAMonth>('sleepForAMonth', {
      taskQueue: 'dev',
      workflowId: 'sleeper',
    }),
  );
  const days = ((await environment.currentTimeMs()) - before) / (24 * 3_600_000);
  expect(days).toBeGreaterThanOrEqual(30);
});

it('says all that was tried and what to do, when it cannot be had', async () => {
  // A proxy that nobody listens at: the SDK's download fails as on a machine without network.
  const env = { PATH: '', HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
  const located = locateTestServer({ cacheDir: temporaryFolder(), env, report: () => undefined });
  await expect(located).rejects.toMatchObject({
    code: 'temporal-unavailable',
    message: expect.stringMatching(/no java[^]*no mvn[^]*the SDK's download: [^]*install Java/) as unknown,
  });
});
