import type { OrderFulfilmentInput } from '../../examples/shop/generated/baton.ts';
import { persist } from './persist.ts';
import type { Stack } from './stack.ts';

/**
 * So long is waited for an order, in milliseconds. After an outage of half a minute the next attempt of a call may be another one
 * away.
 */
export const patience = 150_000;

export const styles = ['orchestration', 'choreography', 'hybrid'] as const;

export type Style = (typeof styles)[number];

interface Told {
  readonly type: string;
  readonly style: string;
}

/** What whoever sells and decides does, in any of the styles. */
export interface ShopFloor {
  place(style: Style, order: OrderFulfilmentInput): Promise<void>;
  /** What a person does about an order over the limit, once the person is asked. */
  decide(style: Style, orderId: string, approved: boolean): Promise<void>;
  /** The events of an order, as the log has them. */
  eventsOf(orderId: string): Promise<readonly Told[]>;
  /** Waits until the read model has the order there. */
  untilStatus(orderId: string, status: string): Promise<void>;
}

export function openShopFloor({ send }: Pick<Stack, 'send'>): ShopFloor {
  const eventsOf = async (orderId: string): Promise<readonly Told[]> => {
    const { body } = await send('GET', `/v1/events?subject=${orderId}&limit=100`);
    return (body as { events: readonly { event: Told }[] }).events.map(({ event }) => event);
  };

  const tell = async (type: string, data: OrderData, style: Style): Promise<void> => {
    const { orderId } = data;
    const { status, body } = await send('POST', '/v1/events', {
      headers: { 'content-type': 'application/cloudevents+json' },
      body: {
        ...{ specversion: '1.0', source: '/shop/till', id: `${orderId}-${type}`, type, subject: orderId },
        ...{ correlationid: orderId, style, data },
      },
    });
    if (status !== 201) throw new Error(`${type} is answered with ${status}: ${JSON.stringify(body)}`);
  };

  const askingRun = async (style: Style, orderId: string): Promise<string> => {
    if (style === 'orchestration') return orderId;
    const { body } = await send('GET', `/v1/runs?process=take-payment&businessKey=${orderId}`);
    const [run] = (body as { runs: readonly { id: string }[] }).runs;
    if (run === undefined) throw new Error('no one is asked yet');
    return run.id;
  };

  return {
    eventsOf,
    place: async (style, order) => {
      if (style !== 'orchestration') return tell('order.placed', order, style);
      const { orderId } = order;
      const { status, body } = await send('POST', '/v1/processes/order-fulfilment/runs', {
        body: { id: orderId, businessKey: orderId, input: order },
      });
      if (status !== 201) throw new Error(`the order is answered with ${status}: ${JSON.stringify(body)}`);
    },
    decide: async (style, orderId, approved) => {
      if (style === 'choreography') {
        await persist(async () => {
          const types = (await eventsOf(orderId)).map(({ type }) => type);
          if (!types.includes('payment.authorised')) throw new Error('no one is asked yet');
        });
        const type = approved ? 'order.approved' : 'order.rejected';
        return tell(type, { orderId, by: 'ann' }, style);
      }
      return persist(async () => {
        const id = await askingRun(style, orderId);
        const { status } = await send('POST', `/v1/runs/${id}/signals/approval`, {
          body: { approved, by: 'ann' },
        });
        if (status !== 200) throw new Error(`the decision is answered with ${status}`);
      });
    },
    untilStatus: (orderId, status) =>
      persist(async () => {
        const { body } = await send('GET', `/v1/read-models/orders/rows/${orderId}`);
        const row = (body as { row?: { status: string } }).row;
        if (row?.status !== status) throw new Error(`${orderId} is ${row?.status ?? 'not there'}`);
      }, patience),
  };
}

interface OrderData {
  readonly orderId: string;
  readonly by?: string;
}
