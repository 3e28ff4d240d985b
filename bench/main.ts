import { randomUUID } from 'node:crypto';

import { measureRound, medianRatio, percentile, type Round, summarise } from './measure.ts';
import { type Way, ways } from './project.ts';
import { openStage, type Stage } from './stage.ts';

/** Four calls give 1 + 2 + 3 + 4; a way that does not is not worth measuring. */
const expected = 10;

interface Load {
  readonly title: string;
  readonly rounds: number;
  /** In each round. */
  readonly runs: number;
  readonly concurrency: number;
}

const oneAtATime: Load = { title: 'one at a time', rounds: 9, runs: 20, concurrency: 1 };
const manyAtATime: Load = { title: '20 at a time', rounds: 9, runs: 80, concurrency: 20 };

async function runOnce(stage: Stage, way: Way): Promise<string> {
  const workflowId = `${way}-${randomUUID()}`;
  const result = (await stage.client.workflow.execute(way, {
    workflowId,
    taskQueue: stage.taskQueue,
    // Ordinary calls are measured as an API apart from its workers would start them.
    requestEagerStart: way.endsWith('quick'),
  })) as number;
  if (result !== expected) throw new Error(`${way} gave ${result}`);
  return workflowId;
}

async function viaRest(stage: Stage, way: Way): Promise<void> {
  const response = await fetch(`${stage.apiUrl}/v1/processes/${way}/runs?wait=30s`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: null }),
  });
  const { output } = (await response.json()) as { output: unknown };
  if (output !== expected)
    throw new Error(`${way} by REST gave ${response.status} ${JSON.stringify(output)}`);
}

/** Measures several tasks in turns, so that whatever else the machine does meets all of them. */
async function interleave<Name extends string>(
  tasks: Readonly<Record<Name, () => Promise<unknown>>>,
  { rounds, runs, concurrency }: Omit<Load, 'title'>,
): Promise<Record<Name, Round[]>> {
  const names = Object.keys(tasks) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Round[]])) as Record<Name, Round[]>;
  for (const name of names) await measureRound(tasks[name], { runs: concurrency, concurrency });
  for (let round = 0; round < rounds; round += 1) {
    // Who goes first changes, so that no one always follows the same neighbour.
    const order = round % 2 === 0 ? names : [...names].reverse();
    for (const name of order) measured[name].push(await measureRound(tasks[name], { runs, concurrency }));
  }
  return measured;
}

async function compareWays(stage: Stage, load: Load): Promise<void> {
  const names = Object.keys(ways) as Way[];
  const tasks = Object.fromEntries(names.map((way) => [way, () => runOnce(stage, way)])) as Record<
    Way,
    () => Promise<string>
  >;
  const measured = await interleave(tasks, load);
  console.log(`\n${load.title}: four calls, one after another`);
  console.log('                     runs/s   p50 ms   p99 ms   history events');
  for (const way of names) {
    const { runsPerSecond, p50, p99 } = summarise(measured[way]);
    const events = await countEvents(stage, way);
    const columns = [runsPerSecond.toFixed(1), p50.toFixed(1), p99.toFixed(1), String(events)];
    console.log(`  ${way.padEnd(16)}${columns.map((column) => column.padStart(9)).join('')}`);
  }
  const ordinary = medianRatio(measured['baton-ordinary'], measured['hand-ordinary']);
  const quick = medianRatio(measured['baton-quick'], measured['hand-quick']);
  console.log(`ratio baton/hand-written runs/s: ${ordinary.toFixed(2)} (ordinary, ${load.title})`);
  console.log(`ratio baton/hand-written runs/s: ${quick.toFixed(2)} (quick, ${load.title})`);
  const speedUp = medianRatio(measured['baton-quick'], measured['baton-ordinary']);
  console.log(`ratio quick/ordinary runs/s: ${speedUp.toFixed(2)} (${load.title})`);
}

async function countEvents(stage: Stage, way: Way): Promise<number> {
  const { events } = await stage.client.workflow.getHandle(await runOnce(stage, way)).fetchHistory();
  return events?.length ?? 0;
}

async function compareDoors(stage: Stage, way: 'baton-ordinary' | 'baton-quick'): Promise<void> {
  const tasks = { grpc: () => runOnce(stage, way), rest: () => viaRest(stage, way) };
  const { grpc, rest } = await interleave(tasks, oneAtATime);
  const medians = (rounds: readonly Round[]): number[] =>
    rounds.map(({ latencies }) => percentile(latencies, 0.5));
  const [ours, theirs] = [medians(rest), medians(grpc)];
  const ratio = percentile(
    ours.map((p50, index) => p50 / (theirs[index] ?? 0)),
    0.5,
  );
  const [restP50, grpcP50] = [summarise(rest).p50.toFixed(1), summarise(grpc).p50.toFixed(1)];
  console.log(`\nstart and wait, ${way}: REST p50 ${restP50} ms, gRPC p50 ${grpcP50} ms`);
  console.log(`ratio rest/grpc p50: ${ratio.toFixed(2)} (${way})`);
}

const stage = await openStage();
try {
  for (const load of [oneAtATime, manyAtATime]) await compareWays(stage, load);
  await compareDoors(stage, 'baton-ordinary');
  await compareDoors(stage, 'baton-quick');
} finally {
  await stage.close();
}
