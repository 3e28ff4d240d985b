import type { ErrorCode, Fault } from './errors.ts';

/** A problem document (RFC 9457), as the API writes every error. It may have further members. */
export interface Problem {
  /** A URI of the code. */
  readonly type: string;
  readonly title: string;
  /** Of HTTP. */
  readonly status: number;
  readonly detail: string;
  /** A URI of this occurrence. */
  readonly instance: string;
  /** Stable: branch on it. */
  readonly code: ErrorCode;
  readonly errors: readonly Fault[];
}
