import type { ServiceDefinition } from '../shared/service-definition.ts';
import { authorise } from './authorise.ts';
import { capture } from './capture.ts';
import { refund } from './refund.ts';
import { voidAuthorisation } from './void-authorisation.ts';

/** The customer's money: first held, then taken, or let go. */
export const payment: ServiceDefinition = {
  name: 'payment',
  folder: new URL('.', import.meta.url),
  reads: {},
  changes: { authorise, void: voidAuthorisation, capture, refund },
  apiKeyVariable: 'PAYMENT_API_KEY',
};
