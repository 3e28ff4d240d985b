/**
 * Records the histories beside this file anew, on a real Temporal: `npx tsx test/runs/record-histories.ts`. The views
 * of them are then written anew by `npx vitest run test/runs --update`; read the difference before you keep it.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

import { searchAttributes } from '../../src/core/attributes.ts';
import { connectWorker } from '../../src/temporal/connect-worker.ts';
import { createClient } from '../../src/temporal/create-client.ts';
import { readRun } from '../../src/temporal/read-run.ts';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { until } from '../temporal/until.ts';
import { startTemporal } from '../temporal/start-temporal.ts';
import { recordedActivities } from './recorded-activities.ts';
import { recordings, type Recording } from './recordings.ts';
import { formatRecording } from './recording-file.ts';

const taskQueue = 'recorded';
const businessKey = defineSearchAttributeKey(searchAttributes.businessKey, SearchAttributeType.KEYWORD);

const temporal = await startTemporal();
try {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await connectWorker(temporal.settings);
  const client = createClient({ connection, namespace: 'default' });
  await ensureSearchAttributes(client);
  const worker = await Worker.create({
    connection,
    namespace: 'default',
    taskQueue,
    // Names the task queues of the worker, which the recordings show.
    identity: 'recorder',
    workflowsPath: fileURLToPath(new URL('recorded-workflows.ts', import.meta.url)),
    activities: recordedActivities,
  });
  await worker.runUntil(async () => {
    for (const [name, recording] of Object.entries(recordings)) await record(client, name, recording);
  });
  await connection.close();
} finally {
  await temporal.stop();
}

async function record(client: Client, name: string, recording: Recording): Promise<void> {
  const handle = await client.workflow.start(recording.workflow ?? camelCase(name), {
    taskQueue,
    workflowId: name,
    args: recording.input === undefined ? [] : [recording.input],
    memo: { 'baton.version': '1' },
    typedSearchAttributes: [{ key: businessKey, value: 'o-1' }],
    ...recording.options,
  });
  await recording.act?.(handle);
  const isReady =
    recording.until ?? (({ description }) => Number(description.workflowExecutionInfo?.status) !== 1);
  const record = await until(() => readRun(client, name), isReady);
  await writeFile(new URL(`histories/${name}.jsonl`, import.meta.url), formatRecording(record));
  process.stdout.write(`${name}: ${record.history.length} events\n`);
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}
