import { createHash } from 'node:crypto';

import type { Answer } from './answer.ts';
import type { Transaction } from './database.ts';
import { Problem } from './problem.ts';

export interface KeyedRequest {
  /** The caller's: the same for every attempt of one request, and for nothing else. */
  readonly key: string;
  /** What is asked for; `fingerprintOf` makes it. */
  readonly fingerprint: Buffer;
}

/**
 * Makes a change once, however often it is asked for under the same key.
 *
 * The key is taken first. A second request with it waits right there until the first has ended: then it is given the
 * answer of a change that was made, or makes the change itself when the first one failed. A failure leaves no trace.
 *
 * @throws Problem `idempotency-key-reused` when the key was used for another request
 */
export async function once(
  transaction: Transaction,
  { key, fingerprint }: KeyedRequest,
  change: () => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly isReplay: boolean }> {
  const taken = await transaction.query(
    'INSERT INTO idempotency_keys (key, fingerprint) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING',
    [key, fingerprint],
  );
  if (taken.rowCount === 0)
    return { answer: await recall(transaction, { key, fingerprint }), isReplay: true };

  const answer = await change();
  await transaction.query('UPDATE idempotency_keys SET status = $2, body = $3 WHERE key = $1', [
    key,
    answer.status,
    JSON.stringify(answer.body),
  ]);
  return { answer, isReplay: false };
}

async function recall(transaction: Transaction, { key, fingerprint }: KeyedRequest): Promise<Answer> {
  const { rows } = await transaction.query<Answer & { fingerprint: Buffer }>(
    'SELECT fingerprint, status, body FROM idempotency_keys WHERE key = $1',
    [key],
  );
  const [known] = rows;
  if (known === undefined) throw new TypeError(`the key ${key} was taken, and is gone`);
  if (!known.fingerprint.equals(fingerprint)) {
    throw new Problem(422, 'idempotency-key-reused', {
      detail: `The Idempotency-Key ${key} belongs to another request; use a new one for each`,
    });
  }
  return { status: known.status, body: known.body };
}

/** Two requests for the same have the same fingerprint, in whatever order their members were written. */
export function fingerprintOf(request: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(request, sortMembers)).digest();
}

function sortMembers(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
