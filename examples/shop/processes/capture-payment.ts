import { saga, startEvent } from 'baton/workflows';

import { call, type CapturePaymentInput } from '../generated/baton.ts';
import { baggageOf } from '../orders/style.ts';
import { tellOrder } from '../orders/tell.ts';

const style = 'hybrid';

/** Takes the held amount once the parcel is out. It is out: where the money cannot be taken, a person settles it. */
export async function capturePayment({
  orderId,
  authorisation,
}: CapturePaymentInput): Promise<{ outcome: 'captured' }> {
  const headers = baggageOf(style, startEvent()?.id);
  await saga(({ step }) =>
    step('capture payment', {
      run: () => call('payment.capture', { path: { authorisationId: authorisation }, headers, body: {} }),
      onFailure: 'hold',
    }),
  );
  await tellOrder('order.paid', { orderId }, { style });
  return { outcome: 'captured' };
}
