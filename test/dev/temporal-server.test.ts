import { connect } from 'node:net';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { beforeAll, expect, it, onTestFinished } from 'vitest';

import { searchAttributes } from '../../src/core/attributes.ts';
import { freePort } from '../../src/dev/ports.ts';
import { locateTemporal } from '../../src/dev/temporal-binary.ts';
import { startTemporal, type TemporalServer } from '../../src/dev/temporal-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const host = '127.0.0.1';
const businessKey = defineSearchAttributeKey(searchAttributes.businessKey, 'KEYWORD');
let binary: string;

beforeAll(async () => {
  binary = await locateTemporal({ cacheDir: null, env: process.env, report: console.error });
});

async function serverIn(folder: string): Promise<() => Promise<TemporalServer>> {
  const [port, uiPort] = [await freePort(host), await freePort(host)];
  return async () => {
    const server = await startTemporal({
      ...{ binary, host, port, uiPort, env: process.env },
      dataFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      report: () => undefined,
    });
    onTestFinished(async () => server.stop());
    return server;
  };
}

async function clientOf(server: TemporalServer): Promise<Client> {
  const connection = await Connection.connect({ address: server.address });
  onTestFinished(async () => connection.close());
  return new Client({ connection });
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

it('keeps runs over a SIGKILL, and over a stop', async () => {
  const start = await serverIn(temporaryFolder());
  const first = await start();
  const client = await clientOf(first);
  await client.workflow.start('order', {
    taskQueue: 'nobody',
    workflowId: 'order-1',
    typedSearchAttributes: [{ key: businessKey, value: 'A-17' }],
  });
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toBe('signal SIGKILL');

  const second = await start();
  const kept = await (await clientOf(second)).workflow.getHandle('order-1').describe();
  expect(kept.status.name).toBe('RUNNING');
  expect(kept.typedSearchAttributes.get(businessKey)).toBe('A-17');
  await second.stop();
  expect(await second.exited).toBe('exit code 0');

  const third = await start();
  const again = await (await clientOf(third)).workflow.getHandle('order-1').describe();
  expect(again.runId).toBe(kept.runId);
});

it('is ready when it says so: the namespace, the search attributes and the Web UI answer', async () => {
  const start = await serverIn(temporaryFolder());
  const server = await start();
  const client = await clientOf(server);
  expect(await client.workflow.count(`${searchAttributes.waitingFor} IS NOT NULL`)).toMatchObject({
    count: 0,
  });
  expect((await fetch(server.uiUrl)).status).toBe(200);
});

it('leaves no port taken', async () => {
  const start = await serverIn(temporaryFolder());
  const server = await start();
  await server.stop();
  const ports = [server.address, server.uiUrl].map((url) => Number(url.split(':').at(-1)));
  expect(await Promise.all(ports.map(isTaken))).toEqual([false, false]);
});

it('shows the end of its log when it does not start', async () => {
  const folder = temporaryFolder();
  const options = {
    ...{ binary, host, port: await freePort(host), uiPort: 1, env: process.env },
    dataFile: folder,
    logFile: join(folder, 'temporal.log'),
    report: () => undefined,
  };
  await expect(startTemporal(options)).rejects.toMatchObject({
    code: 'temporal-unavailable',
    message: expect.stringMatching(/did not start[^]*exit code 1[^]*temporal\.log:\n.+/) as unknown,
  });
});
