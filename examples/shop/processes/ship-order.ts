import { workflowInfo } from '@temporalio/workflow';
import { isRefusal, saga, startEvent, StepFailed } from 'baton/workflows';

import { call, type ShipOrderInput } from '../generated/baton.ts';
import { baggageOf } from '../orders/style.ts';
import { tellOrder } from '../orders/tell.ts';

const style = 'hybrid';

/** Shipping's own part of an order: hands the parcel to the carrier, or tells that none will take it. */
export async function shipOrder({
  orderId,
  order,
  reservations,
  authorisation,
}: ShipOrderInput): Promise<{ outcome: 'shipped'; trackingNumber: string } | { outcome: 'not-shipped' }> {
  const headers = baggageOf(style, startEvent()?.id);
  const path = { shipmentId: `${orderId}:${workflowInfo().originalExecutionRunId.slice(-8)}` };
  const { shipTo, lines, customer, onShippingFailure = 'undo' } = order;

  return saga(async ({ step, undo }) => {
    try {
      const { trackingNumber } = await step('create shipment', {
        run: () =>
          call('shipping.create', {
            path,
            headers,
            body: {
              orderId,
              address: shipTo,
              lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
            },
          }),
        undo: () => call('shipping.cancel', { path, headers }),
        onFailure: onShippingFailure,
      });
      await tellOrder('order.shipped', { orderId, trackingNumber, authorisation, customer }, { style });
      return { outcome: 'shipped', trackingNumber };
    } catch (error) {
      if (!(error instanceof StepFailed) || error.step !== 'create shipment') throw error;
      // Whatever the reason: others wait for the outcome, and what they did must be taken back.
      const told = { orderId, reason: error.message, reservations, authorisation };
      await tellOrder('order.shipping-failed', told, { style });
      if (!isRefusal(error, 'unserved-country')) throw error;
      await undo();
      return { outcome: 'not-shipped' };
    }
  });
}
