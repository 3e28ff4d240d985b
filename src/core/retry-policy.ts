/**
 * How a step is tried again. All times in milliseconds.
 *
 * The delay before attempt n + 1 is `initialInterval * backoff ** (n - 1)`, at most `maximumInterval`, then spread by
 * jitter; a service's `Retry-After` replaces it.
 */
export interface RetryPolicy {
  readonly initialInterval: number;
  readonly backoff: number;
  readonly maximumInterval: number;
  /** Attempts in all, the first included; `null` = no limit. */
  readonly maximumAttempts: number | null;
  /** The longest `Retry-After` that is honoured; a longer one is cut to it. */
  readonly maximumRetryAfter: number;
}

/**
 * What a step gets where neither the catalogue nor the call says otherwise: ten minutes or so of an outage are waited
 * out before the step counts as failed.
 */
export const defaultRetryPolicy: RetryPolicy = {
  initialInterval: 500,
  backoff: 2,
  maximumInterval: 30_000,
  maximumAttempts: 25,
  maximumRetryAfter: 5 * 60_000,
};

/** A delay of nothing asks Temporal for no further attempt. In milliseconds. */
const shortestDelay = 1;

/**
 * The delay after a failed attempt, with "equal jitter": half of the interval is certain and half is drawn, so that
 * callers that failed together do not come back together and none comes back at once.
 *
 * @param failure attempt: the attempt that failed, from 1; retryAfter: what the service asked for, in milliseconds;
 *   random: a number in [0, 1)
 * @returns milliseconds
 */
export function nextDelay(
  policy: RetryPolicy,
  failure: { attempt: number; retryAfter?: number | undefined; random: number },
): number {
  if (failure.retryAfter !== undefined) {
    return Math.max(shortestDelay, Math.min(failure.retryAfter, policy.maximumRetryAfter));
  }
  const interval = Math.min(
    policy.initialInterval * policy.backoff ** (failure.attempt - 1),
    policy.maximumInterval,
  );
  return Math.max(shortestDelay, Math.round(interval / 2 + (interval / 2) * failure.random));
}
