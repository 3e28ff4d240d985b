import { TestWorkflowEnvironment } from '@temporalio/testing';

import { locateTestServer } from '../../src/dev/test-server.ts';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.ts';

/** Temporal's time-skipping server, with Baton's search attributes: a day of waiting passes at once. */
export async function startTestServer(): Promise<TestWorkflowEnvironment> {
  const path = await locateTestServer({ cacheDir: null, env: process.env, report: console.error });
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await ensureSearchAttributes(environment.client);
  return environment;
}
