import { saga, startEvent } from 'baton/workflows';

import { call, type VoidPaymentInput } from '../generated/baton.ts';
import { baggageOf } from '../orders/style.ts';
import { tellOrder } from '../orders/tell.ts';

const style = 'hybrid';

/** Lets go of what is held for an order that will not be shipped. Money is never left held: a person settles what fails. */
export async function voidPayment({
  orderId,
  authorisation,
}: VoidPaymentInput): Promise<{ outcome: 'voided' }> {
  const headers = baggageOf(style, startEvent()?.id);
  await saga(({ step }) =>
    step('void payment', {
      run: () => call('payment.void', { path: { authorisationId: authorisation }, headers }),
      onFailure: 'hold',
    }),
  );
  await tellOrder('order.payment-voided', { orderId }, { style });
  return { outcome: 'voided' };
}
