import { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkTemporal } from '../../../src/cli/doctor/check-temporal.ts';
import { readConfig } from '../../../src/config.ts';
import { locateTemporal } from '../../../src/dev/temporal-binary.ts';
import { ensureSearchAttributes } from '../../../src/temporal/search-attributes.ts';

let server: TestWorkflowEnvironment;

beforeAll(async () => {
  const path = await locateTemporal({ cacheDir: null, env: process.env, report: console.error });
  server = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path } },
  });
});
afterAll(() => server.teardown());

const check = (more: Readonly<Record<string, string>> = {}): ReturnType<typeof checkTemporal> => {
  const env = { TEMPORAL_ADDRESS: server.address, ...more };
  return checkTemporal({ env, config: readConfig(env) });
};

describe('the check of a Temporal that is named', () => {
  it('names search attributes that are missing, adds none, and is content when they are there', async () => {
    for (let times = 0; times < 2; times++) {
      expect(await check()).toMatchObject([
        { name: 'Temporal', status: 'ok', message: `${server.address} answers; namespace default` },
        { name: 'Attributes', status: 'warn', message: expect.stringContaining('BatonStatus') as string },
      ]);
    }
    await ensureSearchAttributes(server.client);
    expect(await check()).toMatchObject([{ status: 'ok' }, { name: 'Attributes', status: 'ok' }]);
  });

  it('says how a namespace is made that is missing', async () => {
    expect(await check({ TEMPORAL_NAMESPACE: 'shop' })).toMatchObject([
      {
        status: 'fail',
        message: `${server.address} answers, but has no namespace shop`,
        wayOut: expect.stringContaining('temporal operator namespace create') as string,
      },
    ]);
  });
});

describe('the check where no Temporal is named', () => {
  const planned = (env: Readonly<Record<string, string>>): ReturnType<typeof checkTemporal> =>
    checkTemporal({ env, config: readConfig({ BATON_CACHE: '/nowhere' }) });

  it('says what baton dev would do to have one', async () => {
    expect(await planned({ PATH: '' })).toMatchObject([
      {
        status: 'warn',
        message: expect.stringContaining('no temporal on the PATH; no go on the PATH') as string,
        wayOut: 'baton dev downloads it; or install it: https://docs.temporal.io/cli#install',
      },
    ]);
  });
});
