import { BatonError } from '../../core/errors.ts';

/** One thing that was looked at. */
export interface Check {
  /** What it is about, e.g. `Temporal`. */
  readonly name: string;
  /** `warn`: something is missing that not everyone needs, or that comes by itself. */
  readonly status: 'ok' | 'warn' | 'fail';
  readonly message: string;
  /** What to do about it. */
  readonly wayOut: string | null;
}

export function ok(name: string, message: string): Check {
  return { name, status: 'ok', message, wayOut: null };
}

export function warn(name: string, message: string, wayOut: string): Check {
  return { name, status: 'warn', message, wayOut };
}

export function fail(name: string, message: string, wayOut: string): Check {
  return { name, status: 'fail', message, wayOut };
}

/** A check for each fault of an error. */
export function failFaults(name: string, error: unknown, wayOut: string): readonly Check[] {
  if (!(error instanceof BatonError)) throw error;
  const messages = error.faults.length === 0 ? [error.message] : error.faults.map(({ message }) => message);
  return messages.map((message) => fail(name, message, wayOut));
}
