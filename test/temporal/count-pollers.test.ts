import { fileURLToPath } from 'node:url';

import type { Client } from '@temporalio/client';
import { DefaultLogger, type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectWorker } from '../../src/temporal/connect-worker.ts';
import { countPollers } from '../../src/temporal/count-pollers.ts';
import { createClient } from '../../src/temporal/create-client.ts';
import { startTemporal, type TestTemporal } from './start-temporal.ts';
import { until } from './until.ts';

const servers = [
  {
    name: 'that takes the heart-beats of workers',
    dynamicConfig: ['frontend.ListWorkersEnabled=true', 'frontend.WorkerHeartbeatsEnabled=true'],
    afterStop: 0,
  },
  { name: 'that does not', dynamicConfig: [], afterStop: 1 },
];

describe.each(servers)('countPollers on a server $name', ({ dynamicConfig, afterStop }) => {
  let temporal: TestTemporal;
  let connection: NativeConnection;
  let client: Client;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), workerHeartbeatInterval: '1 s' });
    temporal = await startTemporal({ dynamicConfig });
    connection = await connectWorker(temporal.settings);
    client = createClient({ connection, namespace: 'default' });
  });

  afterAll(async () => {
    await connection.close();
    await temporal.stop();
    await Runtime.instance().shutdown();
  });

  it('finds none on a queue that no one asks', async () => {
    expect(await countPollers(client, "nobody's queue")).toBe(0);
  });

  it(`counts a worker, and ${afterStop} for a little while after it stopped`, async () => {
    const worker = await Worker.create({
      connection,
      taskQueue: 'busy',
      workflowsPath: fileURLToPath(new URL('order.workflow.ts', import.meta.url)),
    });
    await worker.runUntil(async () => {
      expect(
        await until(
          () => countPollers(client, 'busy'),
          (count) => count !== 0,
        ),
      ).toBe(1);
    });
    expect(
      await until(
        () => countPollers(client, 'busy'),
        (count) => count === afterStop,
      ),
    ).toBe(afterStop);
  });
});
