import type { ErrorCode } from '../core/errors.ts';
import type { Json } from '../core/json.ts';

/** What came of one attempt to call a service. */
export type CallOutcome =
  | { readonly kind: 'answer'; readonly body: Json }
  | {
      readonly kind: 'failure';
      readonly code: ErrorCode;
      readonly message: string;
      readonly isRetryable: boolean;
      readonly status?: number;
      readonly body?: Json;
      /** What the service asked for by `Retry-After`, in milliseconds. */
      readonly retryAfter?: number;
    };

/** An answer as it came from the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly retryAfter: string | undefined;
  /** Where a redirect leads to. */
  readonly location?: string | undefined;
  readonly text: string;
}

/** A failure is kept in the history several times over, as a cause of causes; what a person reads of it is short. */
const maximumMessage = 1_000;
const maximumBody = 16_000;
const maximumExcerpt = 1_000;

/** Statuses below 500 that say "not now" (RFC 9110, RFC 6585, RFC 8470); 501 says "never". */
const retryableStatuses = new Set([408, 425, 429]);

export function isRetryableStatus(status: number): boolean {
  return retryableStatuses.has(status) || (status >= 500 && status !== 501);
}

/**
 * Decides what an answer means: a result, a refusal that no repetition will change, or a failure worth another attempt.
 *
 * @param now milliseconds since 1970, for a `Retry-After` that names a date
 */
export function judgeAnswer(answer: RawAnswer, now: number): CallOutcome {
  const body = parseBody(answer);
  if (answer.status >= 200 && answer.status < 300) {
    if (body !== undefined) return { kind: 'answer', body };
    const message = isJson(answer.contentType)
      ? `the answer is no valid JSON, though it is sent as ${answer.contentType ?? 'JSON'}`
      : `the answer is ${answer.contentType ?? ''}, not JSON`;
    return { kind: 'failure', code: 'response-not-json', message, isRetryable: false, status: answer.status };
  }
  const isRetryable = isRetryableStatus(answer.status);
  const retryAfter = parseRetryAfter(answer.retryAfter, now);
  return {
    kind: 'failure',
    code: isRetryable ? 'call-failed' : 'call-refused',
    message: sayStatus(answer, body).slice(0, maximumMessage),
    isRetryable,
    status: answer.status,
    body:
      body === undefined || answer.text.length > maximumBody ? answer.text.slice(0, maximumExcerpt) : body,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/**
 * Reads `Retry-After`: a number of seconds or an HTTP date (RFC 9110, section 10.2.3).
 *
 * @returns milliseconds from now, not negative; `undefined` when absent or unreadable
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  // Without the check, `Date.parse` takes almost anything with a number in it for a date.
  const date = httpDate.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** RFC 9110, section 5.6.7: the one form that services may still send. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

function sayStatus({ status, location }: RawAnswer, body: Json | undefined): string {
  if (status < 300 || status >= 400 || location === undefined) return `${status} ${reasonOf(body)}`.trim();
  return `${status}: redirects to ${location}, which is not followed; name that address in services.yaml`;
}

/** What is sent without a type is given the benefit of the doubt. */
function isJson(contentType: string | undefined): boolean {
  return contentType === undefined || /[/+]json\b/i.test(contentType);
}

function parseBody({ text, contentType }: RawAnswer): Json | undefined {
  if (text === '') return null;
  if (!isJson(contentType)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The words of a problem document (RFC 9457), or of what services commonly send instead. */
function reasonOf(body: Json | undefined): string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return '';
  const members = body as Readonly<Record<string, Json>>;
  const words = [members['title'], members['detail'], members['message'], members['error']];
  return words.filter((word) => typeof word === 'string').join(': ');
}
