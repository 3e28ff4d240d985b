import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import type { Client } from '@temporalio/client';
import { DefaultLogger, type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectWorker } from '../../src/temporal/connect-worker.ts';
import { createClient } from '../../src/temporal/create-client.ts';
import { describeRun } from '../../src/temporal/describe-run.ts';
import { readHistory } from '../../src/temporal/read-history.ts';
import { readRun, type RunRecord } from '../../src/temporal/read-run.ts';
import { startTemporal, type TestTemporal } from './start-temporal.ts';
import { until } from './until.ts';

describe('reading a run', () => {
  let temporal: TestTemporal;
  let connection: NativeConnection;
  let client: Client;
  let worker: Worker;
  let working: Promise<void>;
  const taskQueue = 'reading';

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    temporal = await startTemporal();
    connection = await connectWorker(temporal.settings);
    client = createClient({ connection, namespace: 'default' });
    worker = await Worker.create({
      connection,
      taskQueue,
      workflowsPath: fileURLToPath(new URL('order.workflow.ts', import.meta.url)),
      activities: { 'inventory.reserve': () => Promise.resolve() },
    });
    working = worker.run();
  });

  afterAll(async () => {
    worker.shutdown();
    await working;
    await connection.close();
    await temporal.stop();
  });

  async function start(calls: number): Promise<string> {
    const handle = await client.workflow.start('order', {
      taskQueue,
      workflowId: randomUUID(),
      args: [calls],
    });
    return handle.workflowId;
  }

  const isResting = ({ history }: RunRecord): boolean =>
    history.some((event) => event.timerStartedEventAttributes);

  it('reads a history of many pages to its end', async () => {
    const workflowId = await start(5);
    const { history } = await until(() => readRun(client, workflowId), isResting);
    const inPages = await readHistory(client, { workflowId, pageSize: 3 });
    expect(inPages).toEqual(history);
    expect(inPages.map((event) => Number(event.eventId))).toEqual(history.map((_event, index) => index + 1));
  });

  it('reads a run that moves as it was at one moment', async () => {
    const workflowId = await start(20);
    const records: RunRecord[] = [];
    await until(async () => {
      const record = await readRun(client, workflowId);
      records.push(record);
      return record;
    }, isResting);

    expect(records.length).toBeGreaterThan(1);
    const pendingButEnded = records.flatMap(({ description, history }) => {
      const scheduled = history.filter((event) => event.activityTaskScheduledEventAttributes).length;
      const ended = history.filter((event) => event.activityTaskCompletedEventAttributes).length;
      return description.pendingActivities?.length === scheduled - ended ? [] : [{ scheduled, ended }];
    });
    expect(pendingButEnded).toEqual([]);
  });

  it('reads the newest execution of a run, and another one when asked', async () => {
    const workflowId = await start(1);
    await until(() => readRun(client, workflowId), isResting);
    const first = await describeRun(client, workflowId);
    const firstRunId = first.workflowExecutionInfo?.execution?.runId ?? '';
    await client.workflow.getHandle(workflowId).terminate();
    await client.workflow.start('order', { taskQueue, workflowId, args: [0] });

    const { description } = await readRun(client, workflowId);
    expect(description.workflowExecutionInfo?.execution?.runId).not.toBe(firstRunId);
    const history = await readHistory(client, { workflowId, runId: firstRunId });
    expect(history.at(-1)?.workflowExecutionTerminatedEventAttributes).toBeTruthy();
  });

  it('counts the workers of a run that is open', async () => {
    const workflowId = await start(0);
    const waiting = await until(() => readRun(client, workflowId), isResting);
    expect(waiting.taskQueuePollers).toBe(1);
    await client.workflow.getHandle(workflowId).terminate();
    expect((await readRun(client, workflowId)).taskQueuePollers).toBeNull();
    const orphan = await client.workflow.start('order', { taskQueue: 'nobody', workflowId: randomUUID() });
    expect((await readRun(client, orphan.workflowId)).taskQueuePollers).toBe(0);
  });

  it('says that there is no such run', async () => {
    const notFound = { code: 'run-not-found', message: 'There is no run "nothing"' };
    await expect(readRun(client, 'nothing')).rejects.toMatchObject(notFound);
    await expect(describeRun(client, 'nothing')).rejects.toMatchObject(notFound);
    await expect(readHistory(client, { workflowId: 'nothing' })).rejects.toMatchObject(notFound);
  });

  it('starts a run eagerly on the connection of a worker', async () => {
    const handle = await client.workflow.start('order', {
      taskQueue,
      workflowId: randomUUID(),
      args: [0],
      requestEagerStart: true,
    });
    expect(handle.eagerlyStarted).toBe(true);
  });
});
