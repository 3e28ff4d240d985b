import type { Dispatcher } from 'undici';

import { exchange, type Exchange, type WireRequest } from '../../http/exchange.ts';
import { isRetryableStatus } from '../../http/retryable-status.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import { toBinaryMessage } from './binary-message.ts';
import type { DeliveryOutcome } from './delivery-outcome.ts';
import type { Deliver } from './attempt-delivery.ts';
import { signRequest } from './sign-request.ts';

/** Where an HTTP sink is, and how it may be called. */
export interface HttpSink {
  readonly url: string;
  /** Of one attempt, in milliseconds. */
  readonly timeout: number;
  /** What the sink wants to see beside the event, such as a key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Requests are signed with it; `null` = not at all. */
  readonly signature: { readonly id: string; readonly secret: string } | null;
  readonly dispatcher: Dispatcher;
}

/** What is read of an answer, in bytes: it tells a person why an event was refused, no more. */
const readBytes = 2_000;

/**
 * Makes the delivery to an HTTP sink: the event in binary mode. Any 2xx takes it; a status that says "not now" and any
 * network fault are tried again; every other answer is final.
 */
export function createHttpDelivery(sink: HttpSink): Deliver {
  return async (recorded, { signal }) => {
    const timer = AbortSignal.timeout(sink.timeout);
    try {
      const request = await toRequest(sink, recorded);
      const { dispatcher } = sink;
      const exchanged = await exchange(request, {
        dispatcher,
        signal: AbortSignal.any([timer, signal]),
        limit: readBytes,
      });
      return judge(exchanged, Date.now());
    } catch (error) {
      if (signal.aborted || !timer.aborted) throw error;
      return { kind: 'failed', error: { message: `no answer within ${sink.timeout} ms` }, isFinal: false };
    }
  };
}

async function toRequest(sink: HttpSink, { event }: RecordedEvent): Promise<WireRequest> {
  const { headers, body } = toBinaryMessage(event);
  const request: WireRequest = {
    method: 'POST',
    url: sink.url,
    headers: { ...headers, ...sink.headers },
    body,
  };
  return sink.signature === null ? request : signRequest(request, sink.signature);
}

function judge(exchanged: Exchange, now: number): DeliveryOutcome {
  if (exchanged.kind === 'fault') {
    return { kind: 'failed', error: { message: exchanged.message }, isFinal: false };
  }
  const { status, text, retryAfter: header } = exchanged.answer;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const retryAfter = parseRetryAfter(header, now);
  return {
    kind: 'failed',
    error: { message: `the sink answered ${status}`, status, ...(text !== '' && { body: text }) },
    isFinal: !isRetryableStatus(status),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}
