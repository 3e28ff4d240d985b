import type { ServiceDefinition } from '../shared/service-definition.ts';
import { orderPlaced } from './order-placed.ts';
import { send } from './send.ts';
import { shipmentCreated } from './shipment-created.ts';

/** What customers are told, by e-mail or text message. A message that is out cannot be taken back. */
export const notification: ServiceDefinition = {
  name: 'notification',
  folder: new URL('.', import.meta.url),
  reads: {},
  changes: { send },
  reactions: { 'order.placed': orderPlaced, 'shipment.created': shipmentCreated },
  refusals: {},
};
