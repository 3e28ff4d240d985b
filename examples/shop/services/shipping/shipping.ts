import type { ServiceDefinition } from '../shared/service-definition.ts';
import { cancel } from './cancel.ts';
import { create } from './create.ts';

/** Parcels on their way to customers. */
export const shipping: ServiceDefinition = {
  name: 'shipping',
  folder: new URL('.', import.meta.url),
  reads: {},
  changes: { create, cancel },
};
