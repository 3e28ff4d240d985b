import { createHash } from 'node:crypto';

import { BatonError } from '../core/errors.ts';
import { toFault } from './zod-faults.ts';

const checksumBytes = 8;

/**
 * Wraps Temporal's page token so that a damaged one, or one of another query, is told apart before Temporal sees it: a
 * server takes such a token for its own fault and is asked again and again.
 */
export function toPageToken(token: Uint8Array, query: string): string {
  return Buffer.concat([checksum(token, query), token]).toString('base64url');
}

/** @throws BatonError `invalid-request` for a token that was not made for this query */
export function fromPageToken(text: string, query: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64url');
  const token = bytes.subarray(checksumBytes);
  if (!checksum(token, query).equals(bytes.subarray(0, checksumBytes))) {
    const fault = toFault(
      '?pageToken',
      'is no token of this query; take it from nextPageToken and repeat all other parameters',
    );
    throw new BatonError('invalid-request', fault.message, { faults: [fault] });
  }
  return token;
}

function checksum(token: Uint8Array, query: string): Buffer {
  return createHash('sha256').update(query).update('\0').update(token).digest().subarray(0, checksumBytes);
}
