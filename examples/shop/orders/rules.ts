/** The part of an order that its price is made of. Prices are in minor units of the currency. */
export interface PricedOrder {
  readonly lines: readonly { readonly quantity: number; readonly unitPrice: number }[];
  readonly approvalLimit?: number | undefined;
}

/** Above this total, in minor units, a person looks at the order first. */
const defaultApprovalLimit = 100_000;

/** In minor units of the currency. */
export function totalOf({ lines }: PricedOrder): number {
  return lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
}

/** Whether a person looks at the order before anything is shipped. */
export function needsApproval(order: PricedOrder): boolean {
  return totalOf(order) > (order.approvalLimit ?? defaultApprovalLimit);
}
