import { readHistory } from '../src/temporal/read-history.ts';
import { percentile } from './measure.ts';
import { longRun } from './project.ts';
import { openStage, type Stage } from './stage.ts';

const looks = 20;

/** How long the view of a long run takes, beside what reading its history alone takes, in turns. */
async function measureView(stage: Stage, workflowId: string): Promise<void> {
  const view: number[] = [];
  const history: number[] = [];
  let steps = 0;
  for (let look = 0; look < looks; look += 1) {
    view.push(
      await time(async () => {
        const response = await fetch(`${stage.apiUrl}/v1/runs/${workflowId}`);
        steps = ((await response.json()) as { steps: unknown[] }).steps.length;
      }),
    );
    history.push(await time(() => readHistory(stage.client, { workflowId })));
  }
  const [ours, bare] = [percentile(view, 0.5), percentile(history, 0.5)];
  console.log(
    `view of a run of ${steps} steps: p50 ${ours.toFixed(0)} ms, p99 ${percentile(view, 0.99).toFixed(0)} ms`,
  );
  console.log(`its history alone: p50 ${bare.toFixed(0)} ms`);
  console.log(`ratio view/history p50: ${(ours / bare).toFixed(2)}`);
}

async function time(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

const stage = await openStage();
try {
  const handle = await stage.client.workflow.start(longRun.name, {
    workflowId: longRun.name,
    taskQueue: stage.taskQueue,
    args: [longRun.steps],
  });
  await handle.result();
  await measureView(stage, longRun.name);
} finally {
  await stage.close();
}
