import type { Json } from '../core/json.ts';
import type { RetryPolicy } from '../core/retry-policy.ts';

/** What a process says of a call, named as in OpenAPI. */
export interface CallRequest {
  /** Values of the path template's parameters. */
  readonly path?: Readonly<Record<string, string | number | boolean>>;
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly (string | number | boolean)[] | undefined>
  >;
  readonly headers?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: Json | undefined;
}

/** The argument of the activity `service.operation`: what to send, and what makes it safe to send again. */
export interface CallInput extends CallRequest {
  /** The same for every attempt of one step of one run, and for nothing else. */
  readonly idempotencyKey: string;
  /** W3C trace context; the attempt puts a span of its own into it. */
  readonly traceparent: string;
  /** Only where the call differs from the catalogue: how long one attempt may take, in milliseconds. */
  readonly timeout?: number;
  /** Only where the call differs from the catalogue. */
  readonly retry?: RetryPolicy;
}
