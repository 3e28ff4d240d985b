import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RunView } from '../../src/core/run-state.ts';
import type { Part } from '../support/part.ts';
import { createOrder } from '../support/shop.ts';
import { isClosed, openStack, type ShopService, type Stack } from '../support/stack.ts';

/** Each step of the process, in order, with the operation that does it and the one that takes it back. */
const steps = [
  { name: 'reserve', service: 'inventory', operation: 'reserve', undo: 'release' },
  { name: 'authorise payment', service: 'payment', operation: 'authorise', undo: 'void' },
  { name: 'create shipment', service: 'shipping', operation: 'create', undo: 'cancel' },
  { name: 'capture payment', service: 'payment', operation: 'capture', undo: 'refund' },
  { name: 'notify customer', service: 'notification', operation: 'send', undo: null },
] as const satisfies readonly {
  name: string;
  service: ShopService;
  operation: string;
  undo: string | null;
}[];

type Step = (typeof steps)[number];

let stack: Stack;
let worker: Part;

beforeAll(async () => {
  stack = await openStack();
  [worker] = await Promise.all([stack.startWorker(), stack.startApi()]);
});
afterAll(() => stack.close());

async function place(orderId: string): Promise<string> {
  const { lines, ...order } = createOrder(stack.project, orderId);
  const input = { ...order, lines: lines.slice(0, 1) };
  const { status, body } = await stack.send('POST', '/v1/processes/order-fulfilment/runs', {
    body: { id: orderId, input },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return orderId;
}

/** What became of a run, as a person can read it: its end, its steps, and what the services really did. */
async function tell(title: string, run: RunView): Promise<string> {
  const outcome =
    run.status === 'completed'
      ? (run.output as { outcome: string; notified?: boolean })
      : { outcome: `${run.error?.code ?? ''}${run.error?.undone === true ? ', undone' : ''}` };
  const told = 'notified' in outcome && !outcome.notified ? ', customer not told' : '';
  const effects = Object.entries(await stack.effects(run.id)).flatMap(([service, counts]) =>
    Object.entries(counts).map(([effect, count]) => `${service} ${effect} ${count}`),
  );
  return [
    title,
    `  ends      ${run.status}: ${outcome.outcome}${told}`,
    ...run.steps.map(({ name, status }) => `  step      ${name}: ${status}`),
    ...effects.map((effect) => `  effect    ${effect}`),
    '',
  ].join('\n');
}

const golden = (name: string): string => `./golden/${name}.golden.txt`;

/** Lets a scenario happen to every step at once, each to an order of its own, and tells how all of them ended. */
async function forEachStep(
  scenario: string,
  happen: (step: Step, orderId: string) => Promise<RunView>,
): Promise<string> {
  const stories = await Promise.all(
    steps.map(async (step) => {
      const orderId = `${scenario}.${step.operation}`.replaceAll(/[^a-z.]+/g, '-');
      return tell(`${step.name}: ${scenario}`, await happen(step, orderId));
    }),
  );
  return stories.join('\n');
}

describe('order-fulfilment, whatever happens to one of its steps', () => {
  it('ends right when the step fails for good', async () => {
    const stories = await forEachStep('fails for good', async ({ service, operation }, orderId) => {
      await stack.addFault(service, { operation, status: 422, times: null, orderId });
      return stack.untilRun(await place(orderId), isClosed);
    });
    await expect(stories).toMatchFileSnapshot(golden('fails-for-good'));
  });

  it('is stuck when its undo fails too, and ends right when a person retries it', async () => {
    const stories = await forEachStep('fails and so does its undo', async (step, orderId) => {
      const { service, operation, undo } = step;
      await stack.addFault(service, { operation, status: 422, times: null, orderId });
      if (undo !== null) await stack.addFault(service, { operation: undo, status: 422, times: 1, orderId });
      const id = await place(orderId);
      const run = await stack.untilRun(id, (view) => isClosed(view) || view.status === 'stuck');
      expect(run.status).toBe(undo === null ? 'completed' : 'stuck');
      if (undo !== null) expect((await stack.send('POST', `/v1/runs/${id}/retry`)).status).toBe(200);
      return stack.untilRun(id, isClosed);
    });
    await expect(stories).toMatchFileSnapshot(golden('undo-fails'));
  });

  it('has every effect once when the step acts and its answer is lost', async () => {
    const stories = await forEachStep(
      'acts, and its answer is lost',
      async ({ service, operation }, orderId) => {
        await stack.addFault(service, { operation, drop: true, at: 'after', times: 1, orderId });
        const run = await stack.untilRun(await place(orderId), isClosed);
        expect(run.steps.find((step) => step.operation === operation)?.attempt).toBe(2);
        return run;
      },
    );
    await expect(stories).toMatchFileSnapshot(golden('answer-lost'));
  });

  it('goes on with another worker when its own is killed in the middle of the step', async () => {
    const stories = await forEachStep('its worker is killed', async ({ service, operation }, orderId) => {
      await stack.addFault(service, { operation, delayMs: 60_000, at: 'after', times: 1, orderId });
      const id = await place(orderId);
      await stack.untilRun(id, ({ steps: now }) =>
        now.some((step) => step.operation === operation && step.status === 'running'),
      );
      await killWorkerOnce(steps.length);
      return stack.untilRun(id, isClosed);
    });
    await expect(stories).toMatchFileSnapshot(golden('worker-killed'));
  });
});

let arrived = 0;
let replacement: Promise<unknown> | undefined;
let letAllGo: (() => void) | undefined;
const all = new Promise<void>((resolve) => {
  letAllGo = resolve;
});

/** Waits until so many runs are in the middle of their step, kills the worker, and brings up another. */
async function killWorkerOnce(runs: number): Promise<void> {
  arrived += 1;
  if (arrived === runs) letAllGo?.();
  await all;
  replacement ??= worker.kill().then(() => stack.startWorker());
  await replacement;
}
