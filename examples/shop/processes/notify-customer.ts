import { startEvent } from 'baton/workflows';

import { call, type NotifyCustomerInput } from '../generated/baton.ts';
import { baggageOf } from '../orders/style.ts';
import { tellOrder } from '../orders/tell.ts';

const style = 'hybrid';

/** Tells the customer that the parcel is on its way. The order is none the worse when that fails. */
export async function notifyCustomer({
  orderId,
  trackingNumber,
  customer,
}: NotifyCustomerInput): Promise<{ outcome: 'notified' }> {
  await call(
    'notification.send',
    {
      headers: baggageOf(style, startEvent()?.id),
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
  await tellOrder('order.customer-notified', { orderId }, { style });
  return { outcome: 'notified' };
}
