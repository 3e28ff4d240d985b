import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect } from 'vitest';

import {
  type Consume,
  type ConsumersOptions,
  type RunningConsumers,
  runConsumers,
} from '../../../src/events/consumers/run-consumers.ts';
import type { EventLog } from '../../../src/events/event-log.ts';
import type { RecordedEvent } from '../../../src/events/recorded-event.ts';
import type { DeliveryOutcome } from '../../../src/events/subscriptions/delivery-outcome.ts';
import { deliverSubscription } from '../../../src/events/subscriptions/deliver-subscription.ts';
import {
  consumerOf,
  defaultDeliveryPolicy,
  type Subscription,
} from '../../../src/events/subscriptions/subscription.ts';
import { findSubscription } from '../../../src/events/subscriptions/subscription-state.ts';
import {
  createSubscription,
  removeSubscription,
} from '../../../src/events/subscriptions/subscription-store.ts';
import { type LogLab, openLogLab, sampleEvent, silent } from '../lab.ts';

let lab: LogLab;
export let log: EventLog;
/** The deliverers at work. */
const running = new Set<RunningConsumers>();

/** Opens a PostgreSQL for a test file, and closes it with the file. */
export function useDeliveryLab(): void {
  beforeAll(async () => {
    lab = await openLogLab();
    log = await lab.open();
  });

  afterAll(async () => {
    await Promise.all([...running].map((consumers) => consumers.stop()));
    await lab.close();
  });
}

export const delivered: DeliveryOutcome = { kind: 'delivered' };
export const failed: DeliveryOutcome = { kind: 'failed', error: { message: 'not now' }, isFinal: false };
export const refused: DeliveryOutcome = {
  kind: 'failed',
  error: { message: 'never', status: 422 },
  isFinal: true,
};

/** One subscription with events of its own, and a target that does what the test says. */
export class Subject {
  readonly subscription: Subscription;
  readonly type = `test.${randomUUID()}`;
  /** Ids in the order in which the target took them. */
  readonly taken: string[] = [];
  /** Ids in the order in which they were tried. */
  readonly tried: string[] = [];
  answer: (event: RecordedEvent, attempt: number) => DeliveryOutcome | Promise<DeliveryOutcome> = () =>
    delivered;

  constructor(retry: Partial<Subscription['retry']> = {}) {
    this.subscription = {
      name: `s-${randomUUID()}`,
      filter: { types: [this.type] },
      target: { kind: 'process', process: 'none' },
      retry: { ...defaultDeliveryPolicy, initialInterval: 20, maximumInterval: 50, ...retry },
    };
  }

  get consume(): Consume {
    return async (lease) =>
      deliverSubscription(this.subscription, lease, {
        ...log,
        random: () => 1,
        deliver: async (recorded, { attempt }) => {
          this.tried.push(recorded.event.id);
          const outcome = await this.answer(recorded, attempt);
          if (outcome.kind === 'delivered') this.taken.push(recorded.event.id);
          return outcome;
        },
      });
  }

  async append(...events: readonly (readonly [id: string, subject?: string])[]): Promise<void> {
    await log.append(
      events.map(([id, subject]) =>
        sampleEvent({
          id,
          source: `/${this.type}`,
          type: this.type,
          ...(subject !== undefined && { subject }),
        }),
      ),
    );
  }

  /** Waits until its place in the log is written down: what is delivered is not delivered again then. */
  async isAtTheEnd(): Promise<void> {
    await expect.poll(async () => (await this.state()).lag, soon).toBe(0);
  }

  async state(): ReturnType<typeof findSubscription> {
    return findSubscription(log.database, this.subscription.name);
  }
}

/** A process that delivers for these subjects. */
export function deliverer(
  subjects: readonly Subject[],
  options: Pick<ConsumersOptions, 'roundEvery'> = {},
): RunningConsumers {
  const consumers = runConsumers({
    ...{ ...log, log: silent },
    ...options,
    consumeBy: (name) =>
      subjects.find(({ subscription }) => consumerOf(subscription.name) === name)?.consume ?? null,
  });
  running.add(consumers);
  return consumers;
}

export async function stop(consumers: RunningConsumers): Promise<void> {
  running.delete(consumers);
  await consumers.stop();
}

export async function subscribed(retry?: Partial<Subscription['retry']>): Promise<Subject> {
  const subject = new Subject(retry);
  await createSubscription(log.database, subject.subscription, 'now');
  return subject;
}

/** Runs one deliverer for as long as the test goes on, and takes the subscription away afterwards. */
export async function whileDelivering(
  subject: Subject,
  test: () => Promise<void>,
  options: Pick<ConsumersOptions, 'roundEvery'> = {},
): Promise<void> {
  const consumers = deliverer([subject], options);
  try {
    await test();
  } finally {
    await stop(consumers);
    await removeSubscription(log.database, subject.subscription.name);
  }
}

export function held(): readonly string[] {
  return [...running].flatMap((consumers) => consumers.held);
}

export const soon = { timeout: 20_000, interval: 20 };
