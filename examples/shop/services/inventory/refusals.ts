import type { Refusals } from '../shared/events/refusals.ts';

export const refusals: Refusals = { 'out-of-stock': 'stock.refused', 'unknown-sku': 'stock.refused' };
