import { defineReadModel, type EventPlace } from 'baton/read-models';

import type { OrderFulfilmentInput } from '../generated/baton.ts';
import { needsApproval, totalOf } from '../orders/rules.ts';

/** Where an order is; the same words for all three styles. `failed` = something went wrong, and all was taken back. */
type Status =
  | 'placed'
  | 'stock-reserved'
  | 'awaiting-approval'
  | 'payment-authorised'
  | 'shipped'
  | 'out-of-stock'
  | 'payment-refused'
  | 'rejected'
  | 'failed';

export interface Order {
  readonly orderId: string;
  readonly style: string;
  readonly status: Status;
  readonly customer: string;
  /** In minor units of the currency. */
  readonly total: number;
  readonly currency: string;
  readonly needsApproval: boolean;
  /** The first that a person took. */
  readonly decision: 'approved' | 'rejected' | null;
  readonly trackingNumber: string | null;
  /** Why it came to nothing. */
  readonly reason: string | null;
  /** When the log took the last event that changed the row. */
  readonly updatedAt: string;
}

interface Refusal {
  readonly reason: string;
  readonly code: string;
}

interface Decision {
  readonly by: string;
  readonly reason?: string;
}

interface Events {
  readonly 'order.placed': OrderFulfilmentInput;
  readonly 'order.approved': Decision;
  readonly 'order.rejected': Decision;
  readonly 'stock.reserved': unknown;
  readonly 'stock.refused': Refusal;
  readonly 'stock.released': unknown;
  readonly 'payment.authorised': unknown;
  readonly 'payment.refused': Refusal;
  readonly 'payment.voided': unknown;
  readonly 'payment.refunded': unknown;
  readonly 'shipment.created': { readonly trackingNumber: string };
  readonly 'shipment.refused': Refusal;
  readonly 'shipment.cancelled': unknown;
}

/**
 * Orders, from what the services and people tell. Two services' events may come in another order than they happened, so an
 * event never takes an order back to where it was before.
 */
export const orders = defineReadModel<Order, Events>({
  title: 'Orders',
  version: 2,
  key: ({ subject }) => subject ?? null,
  on: {
    // An order is placed once: a second one under its number is not another order.
    'order.placed': (row, { data, style }, { recordedAt }) =>
      row ?? {
        orderId: data.orderId,
        style: typeof style === 'string' ? style : '',
        status: 'placed',
        customer: data.customer.email,
        total: totalOf(data),
        currency: data.currency,
        needsApproval: needsApproval(data),
        decision: null,
        trackingNumber: null,
        reason: null,
        updatedAt: recordedAt,
      },
    'stock.reserved': (row, _event, place) =>
      row?.status === 'placed' ? change(row, place, { status: 'stock-reserved' }) : row,
    'stock.refused': (row, { data }, place) =>
      refuse(row, place, { ...data, status: data.code === 'out-of-stock' ? 'out-of-stock' : 'failed' }),
    'payment.authorised': (row, _event, place) =>
      row !== null && ['placed', 'stock-reserved'].includes(row.status)
        ? change(row, place, { status: row.needsApproval ? afterDecision(row) : 'payment-authorised' })
        : row,
    'payment.refused': (row, { data }, place) => refuse(row, place, { ...data, status: 'payment-refused' }),
    'order.approved': (row, event, place) => decide(row, place, { ...event.data, decision: 'approved' }),
    'order.rejected': (row, event, place) => decide(row, place, { ...event.data, decision: 'rejected' }),
    // A run that asks a person tells no one what the person said; but no large order is shipped without a yes.
    'shipment.created': (row, { data: { trackingNumber } }, place) => {
      if (row === null || isOver(row)) return row;
      const decision = row.needsApproval ? (row.decision ?? 'approved') : null;
      return change(row, place, { status: 'shipped', trackingNumber, decision });
    },
    'shipment.refused': (row, { data }, place) => refuse(row, place, { ...data, status: 'failed' }),
    'stock.released': takeBack,
    'payment.voided': takeBack,
    'payment.refunded': takeBack,
    'shipment.cancelled': takeBack,
  },
  indexes: ['status', 'style', 'customer'],
});

function change(row: Order, { recordedAt }: EventPlace, changed: Partial<Order>): Order {
  return { ...row, ...changed, updatedAt: recordedAt };
}

function isOver({ status }: Order): boolean {
  return ['out-of-stock', 'payment-refused', 'rejected', 'failed'].includes(status);
}

/** Why something was refused says more than that it was taken back, whichever is heard of first. */
function refuse(
  row: Order | null,
  place: EventPlace,
  { status, reason }: { readonly status: Status; readonly reason: string },
): Order | null {
  if (row === null || (isOver(row) && row.reason !== null)) return row;
  return change(row, place, { status, reason });
}

/** The first decision counts, whenever it comes, and only where one is needed. */
function decide(
  row: Order | null,
  place: EventPlace,
  { decision, by, reason }: Decision & { readonly decision: 'approved' | 'rejected' },
): Order | null {
  if (row?.decision !== null || !row.needsApproval) return row;
  const why = decision === 'rejected' ? { reason: reason ?? `Rejected by ${by}` } : {};
  const decided = change(row, place, { decision, ...why });
  return row.status === 'awaiting-approval' ? { ...decided, status: afterDecision(decided) } : decided;
}

function afterDecision({ decision }: Order): Status {
  if (decision === null) return 'awaiting-approval';
  return decision === 'approved' ? 'payment-authorised' : 'rejected';
}

function takeBack(row: Order | null, _event: unknown, place: EventPlace): Order | null {
  return row === null || isOver(row) ? row : change(row, place, { status: 'failed', trackingNumber: null });
}
