import type { Dispatcher } from 'undici';

import { exchange } from '../http/exchange.ts';
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
  const exchanged = await exchange(request, { dispatcher, signal, limit: maximumAnswerBytes });
  if (exchanged.kind === 'fault') {
    return { kind: 'failure', code: 'call-failed', message: exchanged.message, isRetryable: true };
  }
  const { answer, isWhole } = exchanged;
  // Of any other answer the status tells what it means, and the beginning is enough of its words.
  if (!isWhole && answer.status >= 200 && answer.status < 300) {
    const message = `the answer has more than ${maximumAnswerBytes} bytes; let the service send a reference instead`;
    return {
      kind: 'failure',
      code: 'response-too-large',
      message,
      isRetryable: false,
      status: answer.status,
    };
  }
  return judgeAnswer(answer, Date.now());
}
