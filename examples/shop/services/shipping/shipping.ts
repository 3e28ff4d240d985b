import type { ServiceDefinition } from '../shared/service-definition.ts';
import { cancel } from './cancel.ts';
import { create } from './create.ts';
import { orderPlaced } from './order-placed.ts';
import { orderDecided, paymentAuthorised } from './order-ready.ts';
import { refusals } from './refusals.ts';

/** Parcels on their way to customers. */
export const shipping: ServiceDefinition = {
  name: 'shipping',
  folder: new URL('.', import.meta.url),
  reads: {},
  changes: { create, cancel },
  reactions: {
    'order.placed': orderPlaced,
    'payment.authorised': paymentAuthorised,
    'order.approved': orderDecided('approved'),
    'order.rejected': orderDecided('rejected'),
  },
  refusals,
};
