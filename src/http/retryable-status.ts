/** Statuses below 500 that say "not now" (RFC 9110, RFC 6585, RFC 8470); 501 says "never". */
const retryableStatuses = new Set([408, 425, 429]);

/** Whether a service that answers so may answer otherwise later. */
export function isRetryableStatus(status: number): boolean {
  return retryableStatuses.has(status) || (status >= 500 && status !== 501);
}
