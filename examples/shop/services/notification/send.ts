import { recordEffect } from '../shared/effects.ts';
import type { Change } from '../shared/operation.ts';

interface Send {
  body: {
    orderId: string;
    channel: 'email' | 'sms';
    to: string;
    template: string;
    data: Readonly<Record<string, string | number>>;
  };
}

/** Takes a message to be sent. In this shop, being in the table is being sent. */
export const send: Change<Send> = async (transaction, { body }) => {
  const { orderId, channel, to, template, data } = body;
  const { rows } = await transaction.query<{ notification_id: string }>(
    `INSERT INTO notifications (order_id, channel, recipient, template, data)
     VALUES ($1, $2, $3, $4, $5) RETURNING notification_id`,
    [orderId, channel, to, template, JSON.stringify(data)],
  );
  const notificationId = rows[0]?.notification_id ?? '';
  await recordEffect(transaction, { effect: 'sent', orderId, reference: notificationId });
  return {
    status: 202,
    body: { notificationId },
    fact: { type: 'notice.sent', orderId, data: { channel, template } },
  };
};
