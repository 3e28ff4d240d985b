/**
 * The idempotency key of a step: the execution id under which its run began, and the step's name.
 *
 * @returns visible ASCII, as HTTP headers need it
 */
export function toIdempotencyKey(execution: string, step: string): string {
  return `${execution}/${encodeURIComponent(step)}`;
}

/** @returns the name of the step that a key was made for; `null` for what is no such key */
export function stepOfKey(key: unknown): string | null {
  if (typeof key !== 'string' || !key.includes('/')) return null;
  try {
    return decodeURIComponent(key.slice(key.indexOf('/') + 1));
  } catch {
    return null;
  }
}
