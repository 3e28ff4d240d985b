import { saga, startEvent } from 'baton/workflows';

import { call, type ReleaseStockInput } from '../generated/baton.ts';
import { baggageOf } from '../orders/style.ts';
import { tellOrder } from '../orders/tell.ts';

const style = 'hybrid';

/** Puts back what was put aside for an order that comes to nothing. A person settles what fails. */
export async function releaseStock({
  orderId,
  reservations,
}: ReleaseStockInput): Promise<{ outcome: 'released' }> {
  const headers = baggageOf(style, startEvent()?.id);
  await saga(({ step }) =>
    Promise.all(
      reservations.map((reservationId) =>
        step('release stock', {
          run: () => call('inventory.release', { path: { reservationId }, headers }),
          onFailure: 'hold',
        }),
      ),
    ),
  );
  await tellOrder('order.stock-released', { orderId }, { style });
  return { outcome: 'released' };
}
