import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { freePort } from '../../src/dev/ports.ts';
import type { Part } from '../support/part.ts';
import { readEvents, type ServerEvent } from '../support/server-events.ts';
import { createOrder } from '../support/shop.ts';
import { isClosed, openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let worker: Part;
let metricsAddress: string;

beforeAll(async () => {
  stack = await openStack();
  metricsAddress = `127.0.0.1:${await freePort('127.0.0.1')}`;
  [worker] = await Promise.all([
    stack.startWorker({ BATON_METRICS_ADDRESS: metricsAddress }),
    stack.startApi(),
  ]);
});
afterAll(() => stack.close());

async function place(id: string): Promise<void> {
  const input = createOrder(stack.project, id);
  const { status } = await stack.send('POST', '/v1/processes/order-fulfilment/runs', { body: { id, input } });
  expect(status).toBe(201);
}

const watch = (id: string): AsyncGenerator<ServerEvent, void> =>
  readEvents(`${stack.apiUrl}/v1/runs/${id}/stream`);

interface SeenStep {
  readonly name: string;
  readonly status: string;
  readonly attempt: number;
  readonly nextAttemptAt: string | null;
  readonly error: { readonly code: string } | null;
}

const stepsIn = ({ data }: ServerEvent): readonly SeenStep[] => (data['steps'] ?? []) as SeenStep[];

describe('a run that is watched', () => {
  it('shows each attempt of a call that fails, when the next one comes, and how it ends', async () => {
    await stack.addFault('shipping', { operation: 'create', status: 503, times: 3, orderId: 'watched' });
    await place('watched');
    const shipping: SeenStep[] = [];
    for await (const event of watch('watched')) {
      shipping.push(...stepsIn(event).filter(({ name }) => name === 'create shipment'));
    }
    const waited = shipping.filter(({ status }) => status === 'waiting');
    expect(waited.map(({ attempt }) => attempt)).toContain(2);
    for (const { nextAttemptAt, error } of waited) {
      expect(Date.parse(nextAttemptAt ?? '')).not.toBeNaN();
      expect(error?.code).toBe('call-failed');
    }
    expect(shipping.at(-1)).toMatchObject({ status: 'completed', attempt: 4, error: null });
  });

  it('is counted in the metrics of its worker, attempt by attempt', async () => {
    const text = await (await fetch(`http://${metricsAddress}/metrics`)).text();
    const attempts = (operation: string, end: string): number => {
      const tags = [`operation="${operation}"`, `end="${end}"`];
      const line = text
        .split('\n')
        .filter((line) => line.startsWith('baton_call_duration_seconds_count'))
        .find((line) => tags.every((tag) => line.includes(tag)));
      return Number(line?.split(' ').at(-1) ?? 0);
    };
    expect([attempts('create', 'failed'), attempts('create', 'answered')]).toEqual([3, 1]);
    expect([attempts('reserve', 'failed'), attempts('reserve', 'answered')]).toEqual([0, 2]);
    expect(text).toMatch(/^temporal_activity_execution_latency_seconds_count\{.*payment.authorise/m);
  });

  it('shows a hundred watchers its end, though one of two workers is killed', async () => {
    await stack.startWorker();
    await stack.addFault('payment', {
      operation: 'capture',
      delayMs: 2_000,
      times: null,
      orderId: 'crowded',
    });
    await place('crowded');
    const ends = Array.from({ length: 100 }, async () => {
      let last: ServerEvent | undefined;
      for await (const event of watch('crowded')) if (event.type !== 'end') last = event;
      return last?.data['status'];
    });
    await stack.untilRun('crowded', ({ steps }) =>
      steps.some(({ name, status }) => name === 'capture payment' && status === 'running'),
    );
    await worker.kill();
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['completed']));
    expect((await stack.effects('crowded')).payment).toEqual({ authorised: 1, captured: 1 });
  });

  it('says that Temporal is away, and goes on when it is back', async () => {
    await stack.addFault('payment', {
      operation: 'authorise',
      status: 503,
      times: 2,
      orderId: 'interrupted',
    });
    await place('interrupted');
    const temporal = stack.embedded.pids()['Temporal'];
    if (temporal === undefined) throw new Error('Temporal does not run');
    const types: string[] = [];
    for await (const { type, data } of watch('interrupted')) {
      types.push(type);
      // Frozen, it is away for as long as it takes until that is noticed.
      if (types.length === 1) process.kill(temporal, 'SIGSTOP');
      if (type !== 'problem') continue;
      expect(data).toMatchObject({ code: 'temporal-unavailable', status: 503 });
      process.kill(temporal, 'SIGCONT');
    }
    expect(types).toContain('problem');
    expect(types.at(-1)).toBe('end');
    expect((await stack.untilRun('interrupted', isClosed)).output).toMatchObject({ outcome: 'shipped' });
  });
});
