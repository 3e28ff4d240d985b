import { orderData, reactTo } from '../shared/events/reaction.ts';
import { capture } from './capture.ts';
import { letGo } from './let-go.ts';

/** The parcel is out: takes the held amount. */
export const shipmentCreated = reactTo(
  orderData,
  async (transaction, { orderId }) => {
    const { fact } = await capture(transaction, { path: { authorisationId: orderId } });
    return fact === undefined ? [] : [fact];
  },
  'capture',
);

/** No parcel will go out: lets the held amount go. */
export const shipmentRefused = reactTo(
  orderData,
  (transaction, { orderId }) => letGo(transaction, orderId),
  'void',
);
