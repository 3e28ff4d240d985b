import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { freePort } from '../../src/dev/ports.ts';
import type { BatonError } from '../../src/core/errors.ts';
import { connectClient } from '../../src/temporal/connect-client.ts';
import { connectWorker } from '../../src/temporal/connect-worker.ts';
import { createClient } from '../../src/temporal/create-client.ts';
import { describeRun } from '../../src/temporal/describe-run.ts';
import { startTemporal, type TestTemporal } from './start-temporal.ts';

const connectors = [
  ['a client', connectClient],
  ['a worker', connectWorker],
] as const;

describe.each(connectors)('the connection of %s', (_whose, connect) => {
  let folder: string;
  let port: number;
  let temporal: TestTemporal;

  beforeAll(async () => {
    // The connection would tell of each try in vain.
    Runtime.install({
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
    });
    folder = mkdtempSync(join(tmpdir(), 'baton-temporal-'));
    port = await freePort('127.0.0.1');
    temporal = await startTemporal({ port, dataFile: join(folder, 'temporal.db') });
  });

  afterAll(async () => {
    await temporal.stop();
    rmSync(folder, { recursive: true });
    await Runtime.instance().shutdown();
  });

  it('says which address cannot be reached', async () => {
    const address = `127.0.0.1:${await freePort('127.0.0.1')}`;
    const connecting = connect({ ...temporal.settings, address }, { timeout: 300 });
    await expect(connecting).rejects.toMatchObject({
      code: 'temporal-unavailable',
      extensions: { address },
    } satisfies Partial<BatonError>);
    await expect(connecting).rejects.toThrow(address);
  });

  it('can be given up while nothing answers', async () => {
    const address = `127.0.0.1:${await freePort('127.0.0.1')}`;
    const stop = new AbortController();
    const connecting = connect({ ...temporal.settings, address }, { timeout: 60_000, signal: stop.signal });
    stop.abort();
    await expect(connecting).rejects.toMatchObject({ name: 'AbortError' });
    const aborted = connect({ ...temporal.settings, address }, { timeout: 60_000, signal: stop.signal });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('serves a client, also after Temporal was restarted', async () => {
    const { settings } = temporal;
    const connection = await connect(settings);
    const client = createClient({ connection, namespace: settings.namespace });
    const { workflowId } = await client.workflow.start('anything', {
      workflowId: 'kept',
      taskQueue: 'nobody',
    });

    await temporal.stop();
    await expect(describeRun(client, workflowId)).rejects.toMatchObject({ code: 'temporal-unavailable' });
    temporal = await startTemporal({ port, dataFile: join(folder, 'temporal.db') });

    const description = await describeRun(client, workflowId);
    expect(description.workflowExecutionInfo?.type?.name).toBe('anything');
    await connection.close();
  });

  it('waits for a Temporal that comes a little later', async () => {
    const later = await freePort('127.0.0.1');
    const settings = { ...temporal.settings, address: `127.0.0.1:${later}` };
    const connecting = connect(settings, { timeout: 30_000 });
    const server = await startTemporal({ port: later });
    const connection = await connecting;
    await connection.close();
    await server.stop();
  });
});
