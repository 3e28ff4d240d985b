import { sha256 } from './sha256.ts';

/**
 * What a request with an `Idempotency-Key` leaves in a run's history, at the end of a text that a person may read there, so
 * that the same request is known again.
 */
export function keyMark(key: string): string {
  return ` (key ${sha256(key)})`;
}
