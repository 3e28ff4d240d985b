import { channels, type Queryable } from '../database.ts';

/** How long a lease lasts without being renewed, in milliseconds: a consumer of a killed process is taken over after it. */
export const leaseLength = 6_000;

const leaseInterval = `interval '${leaseLength} milliseconds'`;

/** A consumer that was just taken. */
export interface Taken {
  readonly consumer: string;
  readonly epoch: number;
  readonly cursor: number;
}

export interface Census {
  /** Consumers that may run. */
  readonly consumers: number;
  /** Deliverers that are alive. */
  readonly deliverers: number;
}

/** Says that a deliverer is alive, and counts who shares the work. */
export async function reportAlive(database: Queryable, deliverer: string): Promise<Census> {
  await database.query({
    name: 'report-alive',
    text: `INSERT INTO baton.deliverers (id, seen_at) VALUES ($1, now())
      ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
    values: [deliverer],
  });
  const { rows } = await database.query<{ consumers: string; deliverers: string }>({
    name: 'census',
    text: `SELECT
      (SELECT count(*) FROM baton.consumers WHERE NOT paused) AS consumers,
      (SELECT count(*) FROM baton.deliverers WHERE seen_at > now() - ${leaseInterval}) AS deliverers`,
  });
  return { consumers: Number(rows[0]?.consumers ?? 0), deliverers: Number(rows[0]?.deliverers ?? 1) };
}

/** Takes consumers that no one holds, so many at the most. */
export async function takeConsumers(
  database: Queryable,
  deliverer: string,
  limit: number,
): Promise<readonly Taken[]> {
  const { rows } = await database.query<{ name: string; epoch: string; cursor: string }>({
    name: 'take-consumers',
    text: `
      UPDATE baton.consumers SET owner = $1, epoch = epoch + 1, lease_until = now() + ${leaseInterval}
      WHERE name IN (
        SELECT name FROM baton.consumers
        WHERE NOT paused AND (lease_until IS NULL OR lease_until < now())
        ORDER BY random() LIMIT $2 FOR UPDATE SKIP LOCKED
      )
      RETURNING name, epoch, cursor`,
    values: [deliverer, limit],
  });
  return rows.map(({ name, epoch, cursor }) => ({
    consumer: name,
    epoch: Number(epoch),
    cursor: Number(cursor),
  }));
}

/** @returns the names of those whose lease goes on; the others are lost */
export async function renewLeases(
  database: Queryable,
  held: readonly Pick<Taken, 'consumer' | 'epoch'>[],
): Promise<ReadonlySet<string>> {
  if (held.length === 0) return new Set();
  const { rows } = await database.query<{ name: string }>({
    name: 'renew-leases',
    text: `
      UPDATE baton.consumers SET lease_until = now() + ${leaseInterval}
      FROM unnest($1::text[], $2::bigint[]) AS held (consumer, held_epoch)
      WHERE name = consumer AND epoch = held_epoch
      RETURNING name`,
    values: [held.map(({ consumer }) => consumer), held.map(({ epoch }) => epoch)],
  });
  return new Set(rows.map(({ name }) => name));
}

/** Gives consumers back at once, for others to take. */
export async function giveBack(
  database: Queryable,
  held: readonly Pick<Taken, 'consumer' | 'epoch'>[],
): Promise<void> {
  await database.query({
    name: 'give-back',
    text: `
      UPDATE baton.consumers SET owner = NULL, lease_until = NULL
      FROM unnest($1::text[], $2::bigint[]) AS held (consumer, held_epoch)
      WHERE name = consumer AND epoch = held_epoch`,
    values: [held.map(({ consumer }) => consumer), held.map(({ epoch }) => epoch)],
  });
}

/**
 * Says that a holder whose lease was taken away by a change has nothing under way any more: whoever is free may take the
 * consumer, and is woken. Nothing is done where another one had it meanwhile.
 */
export async function leave(
  database: Queryable,
  { consumer, epoch }: Pick<Taken, 'consumer' | 'epoch'>,
): Promise<void> {
  await database.query({
    name: 'leave',
    text: `
      WITH free AS (
        UPDATE baton.consumers SET lease_until = NULL, leaving = NULL
        WHERE name = $1 AND leaving = $2 AND owner IS NULL RETURNING name
      ) SELECT pg_notify('${channels.consumers}', '') FROM free`,
    values: [consumer, epoch],
  });
}

export async function forgetDeliverer(database: Queryable, deliverer: string): Promise<void> {
  await database.query({
    text: "DELETE FROM baton.deliverers WHERE id = $1 OR seen_at < now() - interval '1 day'",
    values: [deliverer],
  });
}
