import type { ErrorCode, Fault } from './errors.ts';
import type { Json } from './json.ts';
import type { RunStatus } from './run-state.ts';

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
  /** Of a refusal for the state that the run is in. */
  readonly runStatus?: RunStatus;
  /** Begins the run anew with the same input, where it cannot go on. */
  readonly startAnew?: { readonly method: 'POST'; readonly href: string; readonly body: Json };
}
