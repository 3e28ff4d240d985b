import { type Dispatcher, request as send } from 'undici';

/** A request ready for the wire. */
export interface WireRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** An answer as it came from the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly retryAfter: string | undefined;
  /** Where a redirect leads to. */
  readonly location?: string | undefined;
  readonly text: string;
}

export type Exchange =
  /** `isWhole`: the text is all of the body; what is larger than the limit is cut. */
  | { readonly kind: 'answer'; readonly answer: RawAnswer; readonly isWhole: boolean }
  /** There was no answer, for the reason that the message tells. */
  | { readonly kind: 'fault'; readonly message: string };

/**
 * Sends one request. Redirects are not followed.
 *
 * @param options limit: so much of the answer's body is read, in bytes
 * @throws what `signal` was aborted with; every other fault is part of what is returned
 */
export async function exchange(
  request: WireRequest,
  options: { readonly dispatcher: Dispatcher; readonly signal: AbortSignal; readonly limit: number },
): Promise<Exchange> {
  const { dispatcher, signal, limit } = options;
  try {
    const { statusCode, headers, body } = await send(request.url, { ...request, dispatcher, signal });
    const { text, isWhole } = await readLimited(body, limit);
    if (!isWhole) body.destroy();
    const answer = {
      status: statusCode,
      contentType: single(headers['content-type']),
      retryAfter: single(headers['retry-after']),
      location: single(headers['location']),
      text,
    };
    return { kind: 'answer', answer, isWhole };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'fault', message: networkFault(request.url, error) };
  }
}

async function readLimited(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    chunks.push(chunk);
    if (size > limit) break;
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isWhole: size <= limit };
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
