import { workflowInfo } from '@temporalio/workflow';
import { decide, isRefusal, saga, startEvent, StepFailed } from 'baton/workflows';

import { call, type TakePaymentApproval, type TakePaymentInput } from '../generated/baton.ts';
import { needsApproval, totalOf } from '../orders/rules.ts';
import { baggageOf } from '../orders/style.ts';
import { tellOrder } from '../orders/tell.ts';

const style = 'hybrid';

/** Payment's own part of an order: holds what it costs, and lets a person look at a large one before it goes on. */
export async function takePayment({
  orderId,
  order,
  reservations,
}: TakePaymentInput): Promise<{ outcome: 'authorised' | 'payment-refused' | 'rejected' }> {
  const headers = baggageOf(style, startEvent()?.id);
  const authorisation = `${orderId}:${workflowInfo().originalExecutionRunId.slice(-8)}`;
  const path = { authorisationId: authorisation };
  const { currency, card } = order;

  return saga(async ({ step, undo }) => {
    try {
      await step('authorise payment', {
        run: () =>
          call('payment.authorise', {
            path,
            headers,
            body: { orderId, amount: totalOf(order), currency, card },
          }),
        undo: () => call('payment.void', { path, headers }),
      });
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      // Whatever the reason: others wait for the outcome, and what they did must be taken back.
      const isRefused = isRefusal(error, 'card-declined');
      const type = isRefused ? 'order.payment-refused' : 'order.payment-failed';
      await tellOrder(type, { orderId, reason: error.message, reservations }, { style });
      if (!isRefused) throw error;
      await undo();
      return { outcome: 'payment-refused' };
    }

    if (needsApproval(order)) {
      const { approved, by, reason } = await decide<TakePaymentApproval>('approval', {
        deadline: '24 h',
        default: { approved: false, by: 'nobody', reason: 'No one decided within 24 hours' },
      });
      if (!approved) {
        const why = reason ?? `Rejected by ${by}`;
        await tellOrder('order.rejected', { orderId, by, reason: why, reservations }, { style });
        await undo();
        return { outcome: 'rejected' };
      }
    }
    await tellOrder('order.payment-authorised', { orderId, order, reservations, authorisation }, { style });
    return { outcome: 'authorised' };
  });
}
