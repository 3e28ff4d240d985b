import { workflowInfo } from '@temporalio/workflow';
import { isRefusal, saga, startEvent } from 'baton/workflows';

import { call, type ReserveStockInput } from '../generated/baton.ts';
import { baggageOf } from '../orders/style.ts';
import { tellOrder } from '../orders/tell.ts';

const style = 'hybrid';

/** Inventory's own part of an order: puts all of it aside, or nothing, and tells which. */
export async function reserveStock(
  order: ReserveStockInput,
): Promise<{ outcome: 'reserved' | 'out-of-stock' }> {
  const { orderId, lines } = order;
  const headers = baggageOf(style, startEvent()?.id);
  const reference = `${orderId}:${workflowInfo().originalExecutionRunId.slice(-8)}`;
  const reservations = lines.map((_, index) => `${reference}.${index + 1}`);

  return saga(async ({ step, undo }) => {
    try {
      await Promise.all(
        lines.map(({ sku, quantity }, index) => {
          const path = { reservationId: reservations[index] ?? reference };
          return step(`reserve ${sku}`, {
            run: () => call('inventory.reserve', { path, headers, body: { orderId, sku, quantity } }),
            undo: () => call('inventory.release', { path, headers }),
          });
        }),
      );
    } catch (error) {
      if (!isRefusal(error, 'out-of-stock')) throw error;
      await undo();
      await tellOrder('order.stock-refused', { orderId, reason: error.message }, { style });
      return { outcome: 'out-of-stock' };
    }
    await tellOrder('order.stock-reserved', { orderId, order, reservations }, { style });
    return { outcome: 'reserved' };
  });
}
