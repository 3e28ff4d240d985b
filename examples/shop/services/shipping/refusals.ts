import type { Refusals } from '../shared/events/refusals.ts';

export const refusals: Refusals = { 'unserved-country': 'shipment.refused' };
