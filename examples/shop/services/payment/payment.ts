import type { ServiceDefinition } from '../shared/service-definition.ts';
import { authorise } from './authorise.ts';
import { capture } from './capture.ts';
import { orderDecided } from './order-decided.ts';
import { orderPlaced } from './order-placed.ts';
import { refund } from './refund.ts';
import { refusals } from './refusals.ts';
import { shipmentCreated, shipmentRefused } from './shipment-settled.ts';
import { stockReserved } from './stock-reserved.ts';
import { voidAuthorisation } from './void-authorisation.ts';

/** The customer's money: first held, then taken, or let go. */
export const payment: ServiceDefinition = {
  name: 'payment',
  folder: new URL('.', import.meta.url),
  reads: {},
  changes: { authorise, void: voidAuthorisation, capture, refund },
  reactions: {
    'order.placed': orderPlaced,
    'stock.reserved': stockReserved,
    'order.approved': orderDecided('approved'),
    'order.rejected': orderDecided('rejected'),
    'shipment.created': shipmentCreated,
    'shipment.refused': shipmentRefused,
  },
  refusals,
  apiKeyVariable: 'PAYMENT_API_KEY',
};
