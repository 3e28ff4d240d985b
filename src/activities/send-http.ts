import { type Dispatcher, request as send } from 'undici';

import { type CallOutcome, judgeAnswer } from './call-outcome.ts';
import type { HttpRequest } from './http-request.ts';

/** Largest answer that is read, in bytes: it becomes part of the run's history, which Temporal limits to 2 MiB a payload. */
const maximumAnswerBytes = 1_000_000;

/**
 * Sends one request and judges what comes back. Redirects are not followed: a service that moved must be moved in the
 * catalogue.
 *
 * @throws what `signal` was aborted with; every other fault becomes an outcome
 */
export async function sendHttp(
  request: HttpRequest,
  { dispatcher, signal }: { dispatcher: Dispatcher; signal: AbortSignal },
): Promise<CallOutcome> {
  try {
    const { statusCode, headers, body } = await send(request.url, { ...request, dispatcher, signal });
    const { text, isWhole } = await readLimited(body);
    if (!isWhole) body.destroy();
    // Of any other answer the status tells what it means, and the beginning is enough of its words.
    if (!isWhole && statusCode >= 200 && statusCode < 300) {
      const message = `the answer has more than ${maximumAnswerBytes} bytes; let the service send a reference instead`;
      return { kind: 'failure', code: 'response-too-large', message, isRetryable: false, status: statusCode };
    }
    const answer = {
      status: statusCode,
      contentType: single(headers['content-type']),
      retryAfter: single(headers['retry-after']),
      location: single(headers['location']),
      text,
    };
    return judgeAnswer(answer, Date.now());
  } catch (error) {
    signal.throwIfAborted();
    return {
      kind: 'failure',
      code: 'call-failed',
      message: networkFault(request.url, error),
      isRetryable: true,
    };
  }
}

async function readLimited(
  body: AsyncIterable<Uint8Array>,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    chunks.push(chunk);
    if (size > maximumAnswerBytes) break;
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isWhole: size <= maximumAnswerBytes };
}

/** What says that there was a connection. */
const brokenConnections = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'HPE_INVALID_CONSTANT']);

function networkFault(url: string, error: unknown): string {
  const { code = 'unknown fault', message = '' } = error as { code?: string; message?: string };
  const happened = brokenConnections.has(code) ? 'broke the connection' : 'cannot be reached';
  return `${new URL(url).origin} ${happened}: ${message.trim() === '' ? code : message.trim()}`;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
