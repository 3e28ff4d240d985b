import { type CloudEvent, emit } from 'baton/workflows';

import type { Style } from './style.ts';

type Data = Exclude<Parameters<typeof emit>[1], undefined>;

/** Tells what became of an order, as all of the shop's events do: about the order, and in which style it is handled. */
export async function tellOrder(
  type: `order.${string}`,
  data: Data & { readonly orderId: string },
  attributes: { readonly style: Style; readonly causationid?: string },
): Promise<CloudEvent> {
  const { orderId } = data;
  return emit(type, data, { subject: orderId, attributes: { correlationid: orderId, ...attributes } });
}
