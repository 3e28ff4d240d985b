import type { Transaction } from '../database.ts';
import { Problem } from '../problem.ts';
import type { Fact } from './fact.ts';

/**
 * The problems that are business as usual, by code, and the event that tells of each: others go on from there. Every other
 * problem is a fault, and no news.
 */
export type Refusals = Readonly<Record<string, string>>;

/** @returns the event that tells of a refusal; `null` where an error is none */
export function toRefusal(refusals: Refusals, error: unknown, orderId: string): Fact | null {
  if (!(error instanceof Problem) || !Object.hasOwn(refusals, error.code)) return null;
  const type = refusals[error.code];
  return type === undefined ? null : { type, orderId, data: { reason: error.message, code: error.code } };
}

/** Does all of `work`, or nothing of it when that is refused; then the refusal is what happened. */
export async function unlessRefused(
  transaction: Transaction,
  { refusals, orderId }: { readonly refusals: Refusals; readonly orderId: string },
  work: () => Promise<readonly Fact[]>,
): Promise<readonly Fact[]> {
  await transaction.query('SAVEPOINT before_refusal');
  try {
    return await work();
  } catch (error) {
    const refusal = toRefusal(refusals, error, orderId);
    if (refusal === null) throw error;
    await transaction.query('ROLLBACK TO SAVEPOINT before_refusal');
    return [refusal];
  }
}
