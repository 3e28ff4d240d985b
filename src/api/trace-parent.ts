const pattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The trace context of a request, if it has one that is valid. One that is not is ignored, as W3C Trace Context
 * section 3.2.1 says: tracing never makes a request fail.
 */
export function readTraceparent(header: string | undefined): string | null {
  return header !== undefined && pattern.test(header) ? header : null;
}
