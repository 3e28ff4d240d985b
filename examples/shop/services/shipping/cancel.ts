import { recordEffect } from '../shared/effects.ts';
import type { Change } from '../shared/operation.ts';

/** Undoes `create`: calls the parcel back. What was never created is only marked, so that a late `create` is refused. */
export const cancel: Change<{ path: { shipmentId: string } }> = async (
  transaction,
  { path: { shipmentId } },
) => {
  await transaction.query(
    `INSERT INTO shipments (shipment_id, status) VALUES ($1, 'cancelled') ON CONFLICT (shipment_id) DO NOTHING`,
    [shipmentId],
  );
  const { rows } = await transaction.query<{ order_id: string; tracking_number: string }>(
    `UPDATE shipments SET status = 'cancelled' WHERE shipment_id = $1 AND status = 'created' RETURNING order_id, tracking_number`,
    [shipmentId],
  );
  for (const { order_id: orderId } of rows) {
    await recordEffect(transaction, { effect: 'cancelled', orderId, reference: shipmentId });
  }
  const [cancelled] = rows;
  return {
    status: 200,
    body: { shipmentId, status: 'cancelled' },
    ...(cancelled !== undefined && {
      fact: {
        type: 'shipment.cancelled',
        orderId: cancelled.order_id,
        data: { trackingNumber: cancelled.tracking_number },
      },
    }),
  };
};
