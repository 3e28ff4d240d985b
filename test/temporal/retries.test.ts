import { expect, it } from 'vitest';

import { connectClient } from '../../src/temporal/connect-client.ts';
import { startTemporal } from './start-temporal.ts';

it('lets a connection be closed while requests wait to be tried again', async () => {
  const temporal = await startTemporal();
  const connection = await connectClient(temporal.settings);
  await temporal.stop();
  const ask = (): Promise<unknown> => connection.workflowService.getSystemInfo({});
  const outcome = Promise.allSettled(Array.from({ length: 20 }, ask));
  // By the time that this one gives up, the others are between two tries.
  await expect(connection.withDeadline(Date.now() + 300, ask)).rejects.toThrow();
  await connection.close();
  // A try that came too late would throw from a timer, which fails the test run.
  expect(new Set((await outcome).map(({ status }) => status))).toEqual(new Set(['rejected']));
});
