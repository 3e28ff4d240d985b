import ms, { type StringValue } from 'ms';

/** A length of time as people write it: `500 ms`, `30s`, `24 h`, `2 days`; or a number of milliseconds. */
export type Duration = string | number;

/**
 * Reads a duration.
 *
 * @returns milliseconds, whole, not negative
 * @throws RangeError when the text is no duration, or is negative
 */
export function toMilliseconds(duration: Duration): number {
  const value = typeof duration === 'number' ? duration : read(duration);
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(
      `"${String(duration)}" is not a duration; write for example "500 ms", "30 s" or "24 h"`,
    );
  }
  return Math.round(value);
}

export function isDuration(value: unknown): value is Duration {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const milliseconds = typeof value === 'number' ? value : read(value);
  return Number.isFinite(milliseconds) && milliseconds >= 0;
}

function read(text: string): number {
  // `ms` throws an error of its own for an empty text and for one of more than 100 characters, and takes a bare number, whose
  // writer may have meant seconds, for milliseconds.
  return text === '' || /^[\d.\s+-]+$/.test(text) || text.length > 100 ? Number.NaN : ms(text as StringValue);
}
