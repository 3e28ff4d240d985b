import { call } from '../../src/workflows/index.ts';

/** `order-fulfilment` as a careless release might have it: the customer is told first. */
export async function orderFulfilment(): Promise<unknown> {
  return call('notification.send', { body: {} }, { step: 'notify customer' });
}
