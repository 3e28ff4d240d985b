import type { Transaction } from '../shared/database.ts';
import { Problem } from '../shared/problem.ts';

/** Where an authorisation stands; `null` = not made yet. */
export type AuthorisationStatus = 'authorised' | 'captured' | 'refunded' | 'voided';

export interface Authorisation {
  readonly status: AuthorisationStatus | null;
  /** A refund came before the capture: the capture must not happen any more. */
  readonly isCaptureBarred: boolean;
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
}

/** Reads an authorisation, makes an empty one where there is none, and keeps others from it until the transaction ends. */
export async function lockAuthorisation(transaction: Transaction, id: string): Promise<Authorisation> {
  const { rows } = await transaction.query<Authorisation>(
    `INSERT INTO authorisations (authorisation_id) VALUES ($1)
     ON CONFLICT (authorisation_id) DO UPDATE SET authorisation_id = $1
     RETURNING status, is_capture_barred AS "isCaptureBarred", order_id AS "orderId", amount::float8 AS amount,
       currency`,
    [id],
  );
  const [found] = rows;
  if (found === undefined) throw new TypeError(`the authorisation ${id} could not be locked`);
  return found;
}

export async function setStatus(
  transaction: Transaction,
  id: string,
  status: AuthorisationStatus,
): Promise<void> {
  await transaction.query('UPDATE authorisations SET status = $2 WHERE authorisation_id = $1', [id, status]);
}

export function alreadyDone(id: string, status: AuthorisationStatus): Problem {
  return new Problem(409, `already-${status}`, { detail: `The authorisation ${id} is ${status}` });
}
