import { createHash } from 'node:crypto';

import type { ClientBase } from 'pg';

import type { Transaction } from '../database.ts';
import type { Cause } from './cause.ts';
import type { Fact } from './fact.ts';

/** The channel on which the outbox tells its relay of new events. */
export const outboxChannel = 'outbox';

/** An event that waits to be told. */
export interface WaitingEvent {
  readonly number: string;
  /** A CloudEvent. */
  readonly event: unknown;
}

/**
 * Writes events down in the transaction of what they tell of, so that neither can be without the other. The relay is woken
 * when it commits.
 *
 * @param origin service: its name; cause: why all of it happened
 */
export async function publish(
  transaction: Transaction,
  facts: readonly Fact[],
  origin: { readonly service: string; readonly cause: Cause },
): Promise<void> {
  if (facts.length === 0) return;
  const now = new Date();
  for (const fact of facts) {
    const event = toEvent(fact, { ...origin, now });
    await transaction.query('INSERT INTO outbox (event) VALUES ($1)', [JSON.stringify(event)]);
  }
  await transaction.query('SELECT pg_notify($1, $2)', [outboxChannel, '']);
}

/** Wraps a fact as a CloudEvent 1.0. */
export function toEvent(
  { type, orderId, data = {}, attributes = {} }: Fact,
  { service, cause, now }: { readonly service: string; readonly cause: Cause; readonly now: Date },
): Readonly<Record<string, unknown>> {
  const { style, causationId, runId, traceparent, seed } = cause;
  return {
    ...attributes,
    specversion: '1.0',
    id: createHash('sha256')
      .update(JSON.stringify([...seed, type]))
      .digest('base64url')
      .slice(0, 22),
    source: `/shop/${service}`,
    type,
    subject: orderId,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    correlationid: orderId,
    ...(causationId !== undefined && { causationid: causationId }),
    ...(runId !== undefined && { runid: runId }),
    style,
    ...(traceparent !== undefined && { traceparent }),
    data: { orderId, ...data },
  };
}

/** Reads what waits longest. Transactions that ran side by side have no order, and need none. */
export async function readOutbox(client: ClientBase, limit: number): Promise<readonly WaitingEvent[]> {
  const { rows } = await client.query<WaitingEvent>(
    'SELECT number, event FROM outbox WHERE refusal IS NULL ORDER BY number LIMIT $1',
    [limit],
  );
  return rows;
}

export async function removeFromOutbox(client: ClientBase, events: readonly WaitingEvent[]): Promise<void> {
  await client.query('DELETE FROM outbox WHERE number = ANY($1)', [events.map(({ number }) => number)]);
}

/** Keeps an event that no log takes for a person to look at, out of the way of the others. */
export async function setAside(client: ClientBase, event: WaitingEvent, refusal: string): Promise<void> {
  await client.query('UPDATE outbox SET refusal = $2 WHERE number = $1', [event.number, refusal]);
}
