import type { Transaction } from '../shared/database.ts';

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
}

/** The lines of an order that was placed by an event; none of one that was not. */
export async function linesOf(transaction: Transaction, orderId: string): Promise<readonly OrderLine[]> {
  const { rows } = await transaction.query<{ lines: readonly OrderLine[] }>(
    'SELECT lines FROM orders WHERE order_id = $1',
    [orderId],
  );
  return rows[0]?.lines ?? [];
}

/** The reservation for a line of an order that was placed by an event. */
export function reservationOf(orderId: string, index: number): string {
  return `${orderId}:line-${index + 1}`;
}
