import { BatonError } from '../core/errors.ts';
import { ApiFailure } from './client/api-failure.ts';

/**
 * What a person reads when a command fails: the fault and the way out. A stack only for what is our own bug.
 *
 * @returns lines without a line feed at the end
 */
export function errorText(error: unknown): string {
  if (error instanceof BatonError) {
    // The message of a fault names its place.
    return [error.message, ...error.faults.map(({ message }) => `  ${message}`)].join('\n');
  }
  if (error instanceof ApiFailure) return error.message;
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}
