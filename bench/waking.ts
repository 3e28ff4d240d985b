import { randomUUID } from 'node:crypto';

import { pino } from 'pino';

import { runConsumers } from '../src/events/consumers/run-consumers.ts';
import type { EventLog } from '../src/events/event-log.ts';
import { consumeWaits, waitingRuns } from '../src/events/waits/consume-waits.ts';
import { createRunTeller } from '../src/temporal/tell-run.ts';
import { measureRound, percentile } from './measure.ts';
import { waitingRun } from './project.ts';
import type { Stage } from './stage.ts';

const log = pino({ level: 'error' }, pino.destination(2));

/** So many runs are woken in each measurement. */
const samples = 100;

/** From the append of an event to the end of the run that waited for it, with few and with many others waiting. */
export async function measureWaking(
  eventLog: EventLog,
  stage: Stage,
  counts: readonly number[],
): Promise<void> {
  const tell = createRunTeller(stage.client, log);
  const consumers = runConsumers({
    ...{ ...eventLog, log },
    consumeBy: (name) =>
      name === waitingRuns ? async (lease) => consumeWaits(lease, { ...eventLog, tell }) : null,
  });
  const medians: number[] = [];
  try {
    let waiting = 0;
    for (const count of counts) {
      await measureRound(() => startWaiting(eventLog, stage), { runs: count - waiting, concurrency: 50 });
      waiting = count;
      const latencies: number[] = [];
      for (let sample = 0; sample < samples; sample += 1) latencies.push(await wakeOne(eventLog, stage));
      medians.push(percentile(latencies, 0.5));
      console.log(
        `append → waiting run has ended, ${count} waiting: p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p99 ${percentile(latencies, 0.99).toFixed(1)} ms`,
      );
    }
  } finally {
    await consumers.stop();
  }
  const ratio = (medians.at(-1) ?? 0) / (medians[0] ?? 1);
  console.log(`ratio p50 with ${counts.at(-1) ?? 0} waiting/with ${counts[0] ?? 0}: ${ratio.toFixed(2)}`);
}

/** Starts a run and waits until it waits. */
async function startWaiting({ database }: EventLog, { client, taskQueue }: Stage): Promise<string> {
  const id = `waiting-${randomUUID()}`;
  await client.workflow.start(waitingRun.name, { workflowId: id, taskQueue, args: [id] });
  for (;;) {
    const { rowCount } = await database.query({
      name: 'bench-wait',
      text: 'SELECT FROM baton.waits WHERE workflow_id = $1',
      values: [id],
    });
    if (rowCount === 1) return id;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function wakeOne(eventLog: EventLog, stage: Stage): Promise<number> {
  const id = await startWaiting(eventLog, stage);
  const result = stage.client.workflow.getHandle(id).result();
  const begin = performance.now();
  await eventLog.append([
    { specversion: '1.0', id, source: '/bench', type: 'bench.awaited', subject: id, data: null },
  ]);
  await result;
  return performance.now() - begin;
}
