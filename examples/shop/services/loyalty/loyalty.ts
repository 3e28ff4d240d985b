import type { ServiceDefinition } from '../shared/service-definition.ts';
import { orderPlaced } from './order-placed.ts';
import { paymentCaptured, paymentRefunded } from './payment-settled.ts';
import { points } from './points.ts';

/** What customers collect. It joins and leaves while the shop runs: nobody else knows of it. */
export const loyalty: ServiceDefinition = {
  name: 'loyalty',
  folder: new URL('.', import.meta.url),
  reads: { points },
  changes: {},
  reactions: {
    'order.placed': orderPlaced,
    'payment.captured': paymentCaptured,
    'payment.refunded': paymentRefunded,
  },
  refusals: {},
};
