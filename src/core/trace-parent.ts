const pattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * A trace context as W3C writes it (https://www.w3.org/TR/trace-context/#traceparent-header); `null` for what is none. A
 * request's that is not valid is ignored, as section 3.2.1 says: tracing never makes a request fail.
 */
export function readTraceparent(text: unknown): string | null {
  return typeof text === 'string' && pattern.test(text) ? text : null;
}

/** @returns 32 hexadecimal digits; `null` for what is no trace context */
export function traceIdOf(traceparent: unknown): string | null {
  return typeof traceparent === 'string' ? (pattern.exec(traceparent)?.[1] ?? null) : null;
}
