import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '@temporalio/client';

import { BatonError } from '../core/errors.ts';
import { toTemporalError } from './temporal-error.ts';

/** How long one request may take, its retries included, in milliseconds. */
const requestTimeout = 5_000;

/**
 * Makes one request to Temporal, with a time limit.
 *
 * @throws BatonError `temporal-unavailable` when there is no answer in time; any other error as it is
 */
export async function askTemporal<T>(client: Client, request: () => Promise<T>): Promise<T> {
  const timer = new AbortController();
  // A worker's connection takes the deadline for each of its tries, and makes many.
  const late = sleep(requestTimeout, undefined, { signal: timer.signal }).then(() => {
    throw new BatonError(
      'temporal-unavailable',
      `Temporal does not answer within ${requestTimeout / 1_000} s`,
    );
  });
  // Where the request cannot even begin, no one waits for it.
  late.catch(() => undefined);
  try {
    return await Promise.race([client.withDeadline(Date.now() + requestTimeout, request), late]);
  } catch (error) {
    throw toTemporalError(error);
  } finally {
    timer.abort();
  }
}
