import type { WorkflowHandle } from '@temporalio/client';

import type { OrderFulfilmentInput } from '../../examples/shop/generated/baton.ts';
import { steerUpdate } from '../../src/workflows/messages.ts';
import { persist } from '../support/persist.ts';
import { type Behaviour, refuse } from '../support/scripted-services.ts';

/** One run to record: what is special about its order and its services, and what a person does meanwhile. */
export interface Recording {
  readonly name: string;
  readonly order?: Partial<OrderFulfilmentInput>;
  readonly services?: Readonly<Record<string, Behaviour>>;
  readonly person?: (handle: WorkflowHandle) => Promise<unknown>;
}

const shipped: Behaviour = () => ({ shipmentId: 'o-1', trackingNumber: 'T-1', status: 'created' });

const failsFirst = (failure: Behaviour): Behaviour => {
  let isFirst = true;
  return (input, attempt) => {
    if (!isFirst) return shipped(input, attempt);
    isFirst = false;
    return failure(input, attempt);
  };
};

/** A run for each way through `order-fulfilment`. */
export const recordings: readonly Recording[] = [
  { name: 'shipped' },
  {
    name: 'out-of-stock',
    order: { lines: [{ sku: 'tea-rare', quantity: 9, unitPrice: 500 }] },
    services: { 'inventory.reserve': refuse(409, { code: 'out-of-stock' }) },
  },
  { name: 'payment-refused', services: { 'payment.authorise': refuse(402, { code: 'card-declined' }) } },
  {
    name: 'approved',
    order: { approvalLimit: 0 },
    person: (handle) =>
      persist(() => handle.executeUpdate('approval', { args: [{ approved: true, by: 'ann' }] })),
  },
  { name: 'rejected-by-deadline', order: { approvalLimit: 0 } },
  { name: 'undone', services: { 'shipping.create': refuse(422) } },
  {
    name: 'held-and-retried',
    order: { onShippingFailure: 'hold' },
    services: { 'shipping.create': failsFirst(refuse(422)) },
    person: (handle) => persist(() => handle.executeUpdate(steerUpdate, { args: [{ action: 'retry' }] })),
  },
  {
    name: 'undo-given-up',
    services: { 'shipping.create': refuse(422), 'payment.void': refuse(409) },
    person: (handle) => persist(() => handle.executeUpdate(steerUpdate, { args: [{ action: 'give-up' }] })),
  },
  { name: 'not-notified', services: { 'notification.send': refuse(400) } },
];

export { shipped };
