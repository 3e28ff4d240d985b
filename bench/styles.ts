import { setTimeout as sleep } from 'node:timers/promises';

import { matchesFilter } from '../src/core/event-filter.ts';
import type { CloudEvent } from '../src/core/cloud-event.ts';
import type { RunView } from '../src/core/run-state.ts';
import { openShopFloor, type Style, styles } from '../test/support/shop-styles.ts';
import { createOrder } from '../test/support/shop.ts';
import { openStack } from '../test/support/stack.ts';
import { percentile } from './measure.ts';

/** Of each style, one at a time, and then all at once. */
const orders = 30;

/** What an order that goes well leaves in the log, whatever its style. */
const facts = ['stock.reserved', 'payment.authorised', 'shipment.created', 'payment.captured', 'notice.sent'];

interface Recorded {
  readonly recordedAt: string;
  readonly event: CloudEvent;
}

const stack = await openStack();
const floor = openShopFloor(stack);

async function eventsOf(orderId: string): Promise<readonly Recorded[]> {
  const { body } = await stack.send('GET', `/v1/events?subject=${orderId}&limit=100`);
  return (body as { events: readonly Recorded[] }).events;
}

/** @returns how long it took until the log had the last fact, in milliseconds, by the clock that all of it shares */
async function sell(style: Style, orderId: string): Promise<number> {
  const order = createOrder(stack.project, orderId);
  const start = Date.now();
  await floor.place(style, { ...order, lines: order.lines.slice(0, 1) });
  for (;;) {
    await sleep(100);
    const told = (await eventsOf(orderId)).filter(({ event }) => facts.includes(event.type));
    if (told.length === facts.length) {
      return Math.max(...told.map(({ recordedAt }) => Date.parse(recordedAt))) - start;
    }
  }
}

/** What one order needs: events in the log, deliveries to services, runs, and their calls of services. */
async function countParts(orderId: string): Promise<string> {
  // What follows the last fact, such as the hand-overs of processes, comes in a moment.
  await sleep(1_000);
  const events = (await eventsOf(orderId)).map(({ event }) => event);
  const deliveries = Object.values(stack.project.events.subscriptions).flatMap(({ subscription }) =>
    subscription.target.kind === 'process'
      ? []
      : events.filter((event) => matchesFilter(subscription.filter, event)),
  );
  const { body } = await stack.send('GET', `/v1/runs?businessKey=${orderId}`);
  const runs = (body as { runs: readonly { id: string }[] }).runs;
  const views: readonly RunView[] = await Promise.all(runs.map(({ id }) => stack.run(id)));
  const calls = views.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'call'));
  return `${events.length} events, ${deliveries.length} deliveries, ${runs.length} runs, ${calls.length} calls`;
}

async function measure(style: Style): Promise<void> {
  await sell(style, `${style}-warm-up`);
  const latencies: number[] = [];
  for (let order = 0; order < orders; order += 1) latencies.push(await sell(style, `${style}-one-${order}`));
  const start = Date.now();
  await Promise.all(Array.from({ length: orders }, (_, order) => sell(style, `${style}-all-${order}`)));
  const all = Date.now() - start;
  const [p50, p90, most] = [0.5, 0.9, 1].map((share) => percentile(latencies, share));
  console.log(
    `${style}: one at a time p50 ${p50} ms, p90 ${p90} ms, slowest ${most} ms; ${orders} at once in ${all} ms`,
  );
  console.log(`  an order: ${await countParts(`${style}-one-0`)}`);
}

try {
  await Promise.all([stack.startApi(), stack.startWorker(), stack.startDeliverer()]);
  for (const style of styles) await measure(style);
} finally {
  await stack.close();
}
