import type { ServiceDefinition } from '../shared/service-definition.ts';
import { orderLost } from './order-lost.ts';
import { orderPlaced } from './order-placed.ts';
import { refusals } from './refusals.ts';
import { release } from './release.ts';
import { reserve } from './reserve.ts';
import { stock } from './stock.ts';

/** What the shop has on its shelves, and for whom it is put aside. */
export const inventory: ServiceDefinition = {
  name: 'inventory',
  folder: new URL('.', import.meta.url),
  reads: { stock },
  changes: { reserve, release },
  reactions: {
    'order.placed': orderPlaced,
    'payment.refused': orderLost,
    'payment.voided': orderLost,
    'shipment.refused': orderLost,
  },
  refusals,
};
