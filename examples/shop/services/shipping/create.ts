import { randomInt } from 'node:crypto';

import type { Transaction } from '../shared/database.ts';
import { recordEffect } from '../shared/effects.ts';
import type { Change } from '../shared/operation.ts';
import { Problem } from '../shared/problem.ts';

export interface Create {
  path: { shipmentId: string };
  body: {
    orderId: string;
    address: { name: string; street: string; city: string; postcode: string; country: string };
    lines: { sku: string; quantity: number }[];
  };
}

/** Antarctica: no carrier goes there. */
const unservedCountry = 'AQ';

/** Hands a parcel to the carrier. */
export const create: Change<Create> = async (transaction, { path: { shipmentId }, body }) => {
  const { orderId, address, lines } = body;
  if (address.country === unservedCountry) {
    throw new Problem(422, 'unserved-country', { detail: `No carrier delivers to ${address.country}` });
  }

  const trackingNumber = `TRK${randomInt(1e9, 1e10)}`;
  const made = await transaction.query(
    `INSERT INTO shipments (shipment_id, status, tracking_number, order_id, address, lines)
     VALUES ($1, 'created', $2, $3, $4, $5) ON CONFLICT (shipment_id) DO NOTHING`,
    [shipmentId, trackingNumber, orderId, JSON.stringify(address), JSON.stringify(lines)],
  );
  if (made.rowCount === 0) throw await alreadyThere(transaction, shipmentId);

  const amount = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  await recordEffect(transaction, { effect: 'created', orderId, reference: shipmentId, amount });
  return {
    status: 201,
    body: { shipmentId, trackingNumber, status: 'created' },
    fact: { type: 'shipment.created', orderId, data: { trackingNumber } },
  };
};

async function alreadyThere(transaction: Transaction, shipmentId: string): Promise<Problem> {
  const { rows } = await transaction.query<{ status: string }>(
    'SELECT status FROM shipments WHERE shipment_id = $1',
    [shipmentId],
  );
  const status = rows[0]?.status ?? 'created';
  return new Problem(409, `already-${status}`, { detail: `The shipment ${shipmentId} is ${status}` });
}
