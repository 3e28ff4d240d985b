import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

import type { Database } from './database.ts';
import type { AttemptEnd } from './subscriptions/deliver-subscription.ts';
import { listSubscriptions, type SubscriptionState } from './subscriptions/subscription-state.ts';

/** What a deliverer counts of its own work. */
export interface DelivererMetrics {
  /** @returns takes down how an attempt to deliver an event of the subscription ended, and what it took, in seconds */
  attemptsOf(subscription: string): (end: AttemptEnd, seconds: number) => void;
  /** A waiting run was told of its event. */
  countWoken(): void;
}

const ends: readonly AttemptEnd[] = ['delivered', 'retried', 'parked'];

/** Of the durations of attempts, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Makes the metrics of a deliverer: what it does itself, and how the subscriptions stand, whoever delivers them. */
export function createDelivererMetrics(
  registry: Registry,
  where: { readonly database: Database; readonly log: Logger },
): DelivererMetrics {
  const duration = new Histogram({
    name: 'baton_delivery_duration_seconds',
    help: 'Attempts to deliver an event, by subscription and end: delivered, retried, parked',
    labelNames: ['subscription', 'end'],
    buckets,
    registers: [registry],
  });
  const woken = new Counter({
    name: 'baton_runs_woken_total',
    help: 'How often a waiting run was told of its event',
    registers: [registry],
  });
  gaugeSubscriptions(registry, where);
  const known = new Set<string>();
  return {
    attemptsOf: (subscription) => {
      // A series that begins at 0 has a rate from its first attempt on.
      if (!known.has(subscription)) for (const end of ends) duration.zero({ subscription, end });
      known.add(subscription);
      return (end, seconds) => {
        duration.observe({ subscription, end }, seconds);
      };
    },
    countWoken: () => {
      woken.inc();
    },
  };
}

/** PostgreSQL is asked at each scrape, once for both; while it does not answer they are left out and the others are told. */
function gaugeSubscriptions(
  registry: Registry,
  { database, log }: { readonly database: Database; readonly log: Logger },
): void {
  let asking: Promise<readonly SubscriptionState[]> | null = null;
  const ask = async (): Promise<readonly SubscriptionState[]> => {
    asking ??= listSubscriptions(database)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the subscriptions cannot be counted');
        return [];
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  new Gauge({
    name: 'baton_subscription_lag_events',
    help: 'Positions of the log that a subscription has not come to yet; not all of them fit its filter',
    labelNames: ['subscription'],
    registers: [registry],
    async collect(): Promise<void> {
      const subscriptions = await ask();
      this.reset();
      for (const { name, lag } of subscriptions) this.set({ subscription: name }, lag);
    },
  });
  new Gauge({
    name: 'baton_open_deliveries',
    help: 'Events that a subscription could not deliver yet, by state: retrying, waiting, parked',
    labelNames: ['subscription', 'state'],
    registers: [registry],
    async collect(): Promise<void> {
      const subscriptions = await ask();
      this.reset();
      for (const { name, open } of subscriptions) {
        for (const [state, count] of Object.entries(open)) this.set({ subscription: name, state }, count);
      }
    },
  });
}
