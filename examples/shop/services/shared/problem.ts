/** One thing that is wrong with a request. */
export interface ProblemFault {
  /** A JSON pointer into the body; `?name` is a query parameter, `{name}` a part of the path, a bare name a header. */
  readonly pointer: string;
  readonly message: string;
}

interface ProblemDetails {
  /** What is wrong this time, and the way out. */
  readonly detail: string;
  readonly errors?: readonly ProblemFault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is refused on purpose; it becomes a problem document (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  /** Never renamed: callers branch on it. */
  readonly code: string;
  readonly errors: readonly ProblemFault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, { detail, errors = [], headers = {} }: ProblemDetails) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  toJSON(): Readonly<Record<string, unknown>> {
    return {
      type: `urn:shop:problem:${this.code}`,
      title: titleOf(this.code),
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.errors.length > 0 && { errors: this.errors }),
    };
  }
}

/** `out-of-stock` → `Out of stock` */
function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
