/**
 * Records the histories beside this file anew, on a real Temporal: `npx tsx test/runs/record-histories.ts`, or only
 * some, with their names behind it. The views
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
import { runTemporal, startTemporal } from '../temporal/start-temporal.ts';
import { recordedActivities } from './recorded-activities.ts';
import type { Recording, Tool } from './recording.ts';
import { recordings } from './recordings.ts';
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
    for (const [name, recording] of chosen()) await record(client, name, recording);
  });
  await connection.close();
} finally {
  await temporal.stop();
}

async function record(client: Client, name: string, recording: Recording): Promise<void> {
  const workflow = recording.workflow ?? camelCase(name);
  const tool: Tool = (...args) => runTemporal(temporal.settings, args);
  if (recording.begin === undefined) await begin(client, name, { ...recording, workflow });
  else await recording.begin({ client, tool, taskQueue });
  await recording.act?.(client.workflow.getHandle(name), { client, tool });
  const isReady =
    recording.until ?? (({ description }) => Number(description.workflowExecutionInfo?.status) !== 1);
  const record = await until(() => readRun(client, name), isReady);
  await writeFile(new URL(`histories/${name}.jsonl`, import.meta.url), formatRecording(record));
  process.stdout.write(`${name}: ${record.history.length} events\n`);
}

async function begin(
  client: Client,
  name: string,
  { workflow, input, options }: Recording & { readonly workflow: string },
): Promise<void> {
  await client.workflow.start(workflow, {
    taskQueue,
    workflowId: name,
    args: input === undefined ? [] : [input],
    memo: { 'baton.version': '1' },
    typedSearchAttributes: [{ key: businessKey, value: 'o-1' }],
    ...options,
  });
}

/** All, or those that the command names: a change of one needs no new times in all others. */
function chosen(): readonly (readonly [string, Recording])[] {
  const names = process.argv.slice(2);
  return Object.entries(recordings).filter(([name]) => names.length === 0 || names.includes(name));
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}
