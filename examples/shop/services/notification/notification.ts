import type { ServiceDefinition } from '../shared/service-definition.ts';
import { send } from './send.ts';

/** What customers are told, by e-mail or text message. A message that is out cannot be taken back. */
export const notification: ServiceDefinition = {
  name: 'notification',
  folder: new URL('.', import.meta.url),
  reads: {},
  changes: { send },
};
