import { randomUUID } from 'node:crypto';
import { once, EventEmitter } from 'node:events';

import { pino } from 'pino';

import type { CloudEvent } from '../src/core/cloud-event.ts';
import { runConsumers } from '../src/events/consumers/run-consumers.ts';
import type { EventLog } from '../src/events/event-log.ts';
import { deliverSubscription } from '../src/events/subscriptions/deliver-subscription.ts';
import {
  consumerOf,
  defaultDeliveryPolicy,
  type Subscription,
} from '../src/events/subscriptions/subscription.ts';
import { replaySubscription } from '../src/events/subscriptions/change-subscription.ts';
import { createSubscription } from '../src/events/subscriptions/subscription-store.ts';
import { measureRound, percentile, summarise } from './measure.ts';

const logger = pino({ level: 'error' }, pino.destination(2));

/** An event of a few hundred bytes, about one of many subjects. */
function benchEvent(type = 'bench.happened'): CloudEvent {
  const id = randomUUID();
  const data = { orderId: id, lines: [{ sku: 'tea-sencha', quantity: 2 }], note: 'x'.repeat(120) };
  return { specversion: '1.0', id, source: '/bench', type, subject: `subject-${id.slice(0, 3)}`, data };
}

/** Appends one by one, by one and by eight writers, and in batches of a hundred. */
export async function measureAppends(log: EventLog): Promise<void> {
  const one = async (): Promise<unknown> => log.append([benchEvent()]);
  const batch = async (): Promise<unknown> => log.append(Array.from({ length: 100 }, () => benchEvent()));
  const single = summarise([await measureRound(one, { runs: 1_000, concurrency: 1 })]);
  const eight = summarise([await measureRound(one, { runs: 3_000, concurrency: 8 })]);
  const hundred = summarise([await measureRound(batch, { runs: 100, concurrency: 1 })]);
  const say = (name: string, rate: number): void => {
    console.log(`append, ${name}: ${rate.toFixed(0)} events/s`);
  };
  say('one at a time', single.runsPerSecond);
  say('one at a time, 8 writers', eight.runsPerSecond);
  say('batches of 100', hundred.runsPerSecond * 100);
  console.log(
    `ratio batches of 100/one at a time: ${((hundred.runsPerSecond * 100) / single.runsPerSecond).toFixed(1)}`,
  );
}

/** From the append of an event to its handler, and how fast the whole log is delivered again. */
export async function measureDelivery(eventLog: EventLog): Promise<void> {
  const { database } = eventLog;
  const handled = new EventEmitter();
  const subscription: Subscription = {
    name: 'bench',
    filter: {},
    target: { kind: 'process', process: 'none' },
    retry: defaultDeliveryPolicy,
  };
  let count = 0;
  await createSubscription(database, subscription, 'now');
  const consumers = runConsumers({
    ...{ ...eventLog, log: logger },
    consumeBy: (name) =>
      name !== consumerOf(subscription.name)
        ? null
        : async (lease) =>
            deliverSubscription(subscription, lease, {
              ...eventLog,
              random: Math.random,
              deliver: ({ event }) => {
                count += 1;
                handled.emit(event.id);
                return Promise.resolve({ kind: 'delivered' });
              },
            }),
  });
  try {
    const deliver = async (): Promise<void> => {
      const event = benchEvent();
      const arrived = once(handled, event.id);
      await eventLog.append([event]);
      await arrived;
    };
    await deliver();
    const { latencies } = await measureRound(deliver, { runs: 500, concurrency: 1 });
    console.log(
      `append → handler: p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p99 ${percentile(latencies, 0.99).toFixed(1)} ms`,
    );
    await measureReplay();
  } finally {
    await consumers.stop();
  }

  async function measureReplay(): Promise<void> {
    const last = benchEvent('bench.last');
    await eventLog.append([last]);
    await replaySubscription(database, subscription.name, 'beginning');
    count = 0;
    const total = await eventLog.head();
    // From the first event on: a holder needs up to two seconds to notice that it is to begin again.
    const first = await firstCount(() => count);
    await once(handled, last.id);
    const seconds = (performance.now() - first.at) / 1_000;
    console.log(
      `replay of ${total} events to a handler: ${((count - first.count) / seconds).toFixed(0)} events/s`,
    );
  }
}

async function firstCount(count: () => number): Promise<{ readonly at: number; readonly count: number }> {
  while (count() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  return { at: performance.now(), count: count() };
}
