import pg from 'pg';

import type { OrderFulfilmentInput } from '../../../../examples/shop/generated/baton.ts';
import { inventory } from '../../../../examples/shop/services/inventory/inventory.ts';
import { notification } from '../../../../examples/shop/services/notification/notification.ts';
import { payment } from '../../../../examples/shop/services/payment/payment.ts';
import { shipping } from '../../../../examples/shop/services/shipping/shipping.ts';
import { createOrder, loadShop } from '../../../support/shop.ts';
import { type EventHub, openEventHub } from './event-hub.ts';
import { openShopLab, type TestedService } from './shop-lab.ts';
import { until } from './until.ts';

const definitions = { inventory, payment, shipping, notification };

type ServiceName = keyof typeof definitions;

/** The four services, talking by events alone. */
export interface ChoreographyLab {
  readonly hub: EventHub;
  readonly services: Readonly<Record<ServiceName, TestedService>>;
  /** Tells the log that an order was placed. */
  place(orderId: string, change?: Partial<OrderFulfilmentInput>): void;
  /** Tells the log what a person decided. */
  decide(orderId: string, decision: 'approved' | 'rejected', by?: string): void;
  /** Waits until every event is delivered and told. */
  settle(): Promise<void>;
  /** How many events are in the outboxes and may leave them. */
  waiting(): Promise<number>;
  /** The types of the events of an order, in their order. */
  told(orderId: string): readonly string[];
  /** What really happened, at all services. */
  effects(orderId: string): Promise<unknown>;
  close(): Promise<void>;
}

const source = '/shop/test';
const style = 'choreography';

export async function openChoreographyLab(): Promise<ChoreographyLab> {
  const [project, hub, lab] = await Promise.all([loadShop(), openEventHub(), openShopLab()]);
  const names = Object.keys(definitions) as ServiceName[];
  const started = await Promise.all(
    names.map(async (name) => {
      const key = `key of ${name}`;
      const service = await lab.start(definitions[name], { eventsKey: key, batonApi: hub.url });
      const declared = project.events.subscriptions[name];
      if (declared === undefined) throw new Error(`events.yaml has no subscription ${name}`);
      hub.subscribe(declared.subscription, { url: `${service.url}/events`, key });
      return [name, service] as const;
    }),
  );
  const services = Object.fromEntries(started) as ChoreographyLab['services'];
  const pools = names.map((name) => new pg.Pool({ connectionString: services[name].databaseUrl, max: 1 }));
  const waiting = async (): Promise<number> => {
    const counts = await Promise.all(
      pools.map((pool) =>
        pool.query<{ count: number }>('SELECT count(*)::int AS count FROM outbox WHERE refusal IS NULL'),
      ),
    );
    return counts.reduce((sum, { rows }) => sum + (rows[0]?.count ?? 0), 0);
  };
  const common = { specversion: '1.0', source, style } as const;

  return {
    hub,
    services,
    place: (orderId, change = {}) => {
      const data = JSON.parse(JSON.stringify({ ...createOrder(project, orderId), ...change })) as never;
      hub.append({
        ...{ ...common, id: `${orderId}-placed`, type: 'order.placed', subject: orderId },
        ...{ correlationid: orderId, data },
      });
    },
    decide: (orderId, decision, by = 'ann') => {
      hub.append({
        ...{ ...common, id: `${orderId}-${decision}-${by}`, type: `order.${decision}`, subject: orderId },
        ...{ correlationid: orderId, data: { orderId, by } },
      });
    },
    settle: () =>
      until(async () => {
        const { open, steps } = hub.progress();
        const left = await waiting();
        if (open + left > 0 || hub.progress().steps > steps) throw new Error('not settled yet');
      }),
    waiting,
    told: (orderId) => hub.events.filter(({ subject }) => subject === orderId).map(({ type }) => type),
    effects: async (orderId) =>
      Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await services[name].counts(orderId)])),
      ) as unknown,
    close: async () => {
      await hub.close();
      await Promise.all(pools.map((pool) => pool.end()));
      await lab.close();
    },
  };
}
