import type { ErrorCode } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import type { RawAnswer } from '../http/exchange.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import { isRetryableStatus } from '../http/retryable-status.ts';

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

/** A failure is kept in the history several times over, as a cause of causes; what a person reads of it is short. */
const maximumMessage = 1_000;
const maximumBody = 16_000;
const maximumExcerpt = 1_000;

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
