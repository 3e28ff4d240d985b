import type { Refusals } from '../shared/events/refusals.ts';

export const refusals: Refusals = { 'card-declined': 'payment.refused' };
