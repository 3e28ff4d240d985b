import type { Database, Transaction } from './database.ts';

/** Something that really happened. */
export interface Effect {
  readonly effect: string;
  readonly orderId: string;
  /** The id of what was changed. */
  readonly reference: string;
  /** A number of pieces, or of minor units of money. */
  readonly amount?: number;
}

/** Writes an effect down in its own transaction, so that neither can be without the other. */
export async function recordEffect(transaction: Transaction, effect: Effect): Promise<void> {
  await transaction.query(
    'INSERT INTO effects (effect, order_id, reference, amount) VALUES ($1, $2, $3, $4)',
    [effect.effect, effect.orderId, effect.reference, effect.amount ?? null],
  );
}

export interface EffectsView {
  readonly counts: Readonly<Record<string, number>>;
  readonly effects: readonly (Effect & { readonly at: Date })[];
}

/** Reads the effects of one order, or of all: every one counted, the latest 1000 in full. */
export async function readEffects(database: Database, orderId: string | null): Promise<EffectsView> {
  const [counts, latest] = await Promise.all([
    database.query<{ effect: string; count: number }>(
      `SELECT effect, count(*)::int AS count FROM effects
       WHERE $1::text IS NULL OR order_id = $1 GROUP BY effect ORDER BY effect`,
      [orderId],
    ),
    database.query<Effect & { at: Date }>(
      `SELECT effect, order_id AS "orderId", reference, amount::float8 AS amount, at FROM effects
       WHERE $1::text IS NULL OR order_id = $1 ORDER BY number DESC LIMIT 1000`,
      [orderId],
    ),
  ]);
  return {
    counts: Object.fromEntries(counts.rows.map(({ effect, count }) => [effect, count])),
    effects: latest.rows.toReversed(),
  };
}
