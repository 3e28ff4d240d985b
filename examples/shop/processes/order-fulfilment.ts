import { patched, workflowInfo } from '@temporalio/workflow';
import { decide, isRefusal, saga, StepFailed } from 'baton/workflows';

import { call, type OrderFulfilmentApproval, type OrderFulfilmentInput } from '../generated/baton.ts';
import { needsApproval, totalOf } from '../orders/rules.ts';
import { baggageOf } from '../orders/style.ts';
import { tellOrder } from '../orders/tell.ts';

type Order = OrderFulfilmentInput;

/** How an order ended. A refusal is business as usual: the run is completed, and everything was taken back. */
export type OrderOutcome =
  | {
      readonly outcome: 'shipped';
      readonly orderId: string;
      readonly trackingNumber: string;
      readonly notified: boolean;
    }
  | {
      readonly outcome: 'out-of-stock' | 'payment-refused' | 'rejected';
      readonly orderId: string;
      readonly reason: string;
    };

const style = 'orchestration';

/**
 * Takes an order through the shop: stock, payment, a person's approval of a large one, shipment, and a notice to the
 * customer. Whatever fails, what was done before is taken back.
 */
export async function orderFulfilment(order: Order): Promise<OrderOutcome> {
  const { orderId } = order;
  // An order that is placed a second time by another run must not share, and then take back, what the first one has.
  const reference = `${orderId}:${workflowInfo().originalExecutionRunId.slice(-8)}`;
  // Runs that began before the shop told of its orders go on as they began.
  const placed = patched('order-events') ? await tellOrder('order.placed', order, { style }) : null;
  const headers = baggageOf(style, placed?.id);

  return saga(async ({ step, undo }): Promise<OrderOutcome> => {
    const reserve = (line: Order['lines'][number], index: number): Promise<unknown> => {
      const path = { reservationId: `${reference}.${index + 1}` };
      return step(`reserve ${line.sku}`, {
        run: () =>
          call('inventory.reserve', {
            path,
            headers,
            body: { orderId, sku: line.sku, quantity: line.quantity },
          }),
        undo: () => call('inventory.release', { path, headers }),
      });
    };

    const end = async (
      outcome: 'out-of-stock' | 'payment-refused' | 'rejected',
      reason: string,
    ): Promise<OrderOutcome> => {
      await undo();
      return { outcome, orderId, reason };
    };

    try {
      await Promise.all(order.lines.map(reserve));
    } catch (error) {
      if (isRefusal(error, 'out-of-stock')) return end('out-of-stock', error.message);
      throw error;
    }

    const authorisation = { authorisationId: reference };
    try {
      await step('authorise payment', {
        run: () =>
          call('payment.authorise', {
            path: authorisation,
            headers,
            body: { orderId, amount: totalOf(order), currency: order.currency, card: order.card },
          }),
        undo: () => call('payment.void', { path: authorisation, headers }),
      });
    } catch (error) {
      if (isRefusal(error, 'card-declined')) return end('payment-refused', error.message);
      throw error;
    }

    if (needsApproval(order)) {
      const { approved, by, reason } = await decide<OrderFulfilmentApproval>('approval', {
        deadline: '24 h',
        default: { approved: false, by: 'nobody', reason: 'No one decided within 24 hours' },
      });
      if (!approved) {
        const why = reason ?? `Rejected by ${by}`;
        if (placed !== null) {
          const cause = { style, causationid: placed.id } as const;
          await tellOrder('order.rejected', { orderId, by, reason: why }, cause);
        }
        return end('rejected', why);
      }
    }

    const shipment = await step('create shipment', {
      run: () =>
        call('shipping.create', {
          path: { shipmentId: reference },
          headers,
          body: {
            orderId,
            address: order.shipTo,
            lines: order.lines.map(({ sku, quantity }) => ({ sku, quantity })),
          },
        }),
      undo: () => call('shipping.cancel', { path: { shipmentId: reference }, headers }),
      onFailure: order.onShippingFailure ?? 'undo',
    });

    await step('capture payment', {
      run: () => call('payment.capture', { path: authorisation, headers, body: {} }),
      undo: () => call('payment.refund', { path: authorisation, headers, body: {} }),
    });

    const notified = await notify(order, shipment.trackingNumber, headers);
    return { outcome: 'shipped', orderId, trackingNumber: shipment.trackingNumber, notified };
  });
}

/** A customer who hears nothing still gets the parcel: a notice that cannot be sent is told in the result, no more. */
async function notify(
  { orderId, customer }: Order,
  trackingNumber: string,
  headers: ReturnType<typeof baggageOf>,
): Promise<boolean> {
  try {
    await call(
      'notification.send',
      {
        headers,
        body: {
          orderId,
          channel: 'email',
          to: customer.email,
          template: 'order-shipped',
          data: { trackingNumber },
        },
      },
      { step: 'notify customer' },
    );
    return true;
  } catch (error) {
    if (error instanceof StepFailed) return false;
    throw error;
  }
}
