/** One row of the catalogue of errors. */
export interface ErrorKind {
  /** Short and the same for every occurrence (RFC 9457, section 3.1.3). */
  readonly title: string;
  /** The HTTP status of the problem document; what a run's failure would be if it were an answer. */
  readonly status: number;
  /** Whether the same request or call may succeed later without any change to it. */
  readonly retryable: boolean;
}

/**
 * Every error that Baton reports, by its stable code. docs/reference/errors.md describes each; a test holds the two
 * together. Codes are never renamed: clients branch on them.
 */
export const errorCatalogue = {
  // The request
  'malformed-json': { title: 'The body is not valid JSON', status: 400, retryable: false },
  'invalid-request': { title: 'The request is not valid', status: 400, retryable: false },
  'invalid-input': {
    title: 'The input does not match the schema of the process',
    status: 422,
    retryable: false,
  },
  'unsupported-media-type': {
    title: 'The body is of a type that is not taken',
    status: 415,
    retryable: false,
  },
  'body-too-large': { title: 'The body is too large', status: 413, retryable: false },
  'route-not-found': { title: 'There is nothing at this path', status: 404, retryable: false },
  'method-not-allowed': { title: 'This path does not take that method', status: 405, retryable: false },

  // Processes and runs
  'process-not-found': { title: 'There is no such process', status: 404, retryable: false },
  'run-not-found': { title: 'There is no such run', status: 404, retryable: false },
  'signal-not-found': { title: 'The process has no such signal', status: 404, retryable: false },
  'run-exists': { title: 'Another run has this id or idempotency key', status: 409, retryable: false },
  'run-closed': { title: 'The run has ended', status: 409, retryable: false },
  'key-reused': { title: 'The idempotency key was used for something else', status: 409, retryable: false },
  'run-undone': { title: 'What the run did was taken back', status: 409, retryable: false },
  'runs-changed': { title: 'Another number of runs matches now', status: 409, retryable: false },
  'too-many-runs': { title: 'Too many runs match', status: 422, retryable: false },
  'run-not-waiting': { title: 'The run is not waiting for this', status: 409, retryable: false },

  // Events
  'invalid-event': {
    title: 'The event does not match the schema of its type',
    status: 422,
    retryable: false,
  },

  'subscription-not-found': { title: 'There is no such subscription', status: 404, retryable: false },
  'nothing-parked': { title: 'There is no such parked event', status: 409, retryable: false },
  'subscription-exists': { title: 'Another subscription has this name', status: 409, retryable: false },

  // Read models
  'read-model-not-found': { title: 'There is no such read model', status: 404, retryable: false },
  'read-model-row-not-found': { title: 'The read model has no such row', status: 404, retryable: false },
  'read-model-rebuilding': { title: 'The read model is being built already', status: 409, retryable: true },
  'read-model-building': { title: 'The read model is not built yet', status: 503, retryable: true },
  'read-model-behind': { title: 'The read model has not come that far', status: 503, retryable: true },

  // Parts that are away
  'no-worker': { title: 'No worker is running', status: 503, retryable: true },
  'temporal-unavailable': { title: 'Temporal cannot be reached', status: 503, retryable: true },
  'database-unavailable': { title: 'PostgreSQL cannot be reached', status: 503, retryable: true },
  'event-log-off': { title: 'There is no event log here', status: 501, retryable: false },
  'shutting-down': { title: 'This process is stopping', status: 503, retryable: true },
  internal: { title: 'Baton failed', status: 500, retryable: false },

  // Steps
  'call-refused': { title: 'The service refused the call', status: 502, retryable: false },
  'call-failed': { title: 'The service could not be called', status: 502, retryable: true },
  'call-timed-out': { title: 'The service did not answer in time', status: 504, retryable: true },
  'request-too-large': { title: 'The request to the service is too large', status: 502, retryable: false },
  'response-too-large': { title: "The service's answer is too large", status: 502, retryable: false },
  'response-not-json': { title: "The service's answer is not JSON", status: 502, retryable: false },
  'event-too-large': { title: 'The event is too large for a run', status: 502, retryable: false },
  'output-too-large': { title: 'The result of the run is too large', status: 500, retryable: false },
  'invalid-call': { title: 'The call does not fit its operation', status: 500, retryable: false },
  'saga-undone': {
    title: 'A step failed and the steps before it were undone',
    status: 500,
    retryable: false,
  },
  'saga-given-up': { title: 'A person gave the run up', status: 500, retryable: false },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCatalogue;

/** The `type` of a problem document (RFC 9457, section 3.1.1) for a code of the catalogue. */
export function errorTypeUri(code: ErrorCode): string {
  return `urn:baton:error:${code}`;
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorCatalogue, value);
}

/** One fault in a document or a request. */
export interface Fault {
  /** Where: a JSON pointer (RFC 6901); the empty string is the whole document. */
  readonly pointer: string;
  /** What is wrong and what would be right. */
  readonly message: string;
}

/** An error that Baton reports on purpose: it has a code of the catalogue. Only the API's door turns it into a problem. */
export class BatonError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
  /** Further members of the problem document. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    more: { faults?: readonly Fault[]; extensions?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, 'cause' in more ? { cause: more.cause } : undefined);
    this.name = 'BatonError';
    this.code = code;
    this.faults = more.faults ?? [];
    this.extensions = more.extensions ?? {};
  }
}
