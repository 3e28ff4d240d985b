import { BatonError } from '../../core/errors.ts';
import { apiAway, isProblem, notTheApi, refused } from './api-failure.ts';

/** How long an answer may take, in milliseconds: a start that waits for the end of its run may take a minute. */
const patience = 90_000;

/** What came back, read and as it came. */
export interface ApiAnswer<T> {
  readonly status: number;
  readonly body: T;
  readonly text: string;
}

/** What is sent beside the path. */
interface Request {
  /** Members that are `undefined` are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Goes out as JSON. */
  readonly body?: unknown;
  readonly idempotencyKey?: string | undefined;
  /** Aborted when the answer is of no use any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Asks Baton's REST API. */
export interface ApiClient {
  /** Without a slash at the end. */
  readonly url: string;
  /** @throws ApiFailure with the problem that it answered, or why it could not be asked */
  ask<T>(method: 'GET' | 'POST', path: `/v1/${string}`, request?: Request): Promise<ApiAnswer<T>>;
  /**
   * Opens a stream of events.
   *
   * @throws ApiFailure as `ask` does
   */
  open(path: `/v1/${string}`, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** @throws BatonError `invalid-request` when the address is none */
export function createApiClient(address: string): ApiClient {
  const url = readAddress(address);

  const reach = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(`${url}${path}`, init);
    } catch (error) {
      throw apiAway(url, error);
    }
  };

  return {
    url,
    ask: async (method, path, request = {}) => {
      const signal = AbortSignal.any([
        AbortSignal.timeout(patience),
        ...(request.signal ? [request.signal] : []),
      ]);
      const response = await reach(withQuery(path, request.query), { method, signal, ...toInit(request) });
      const text = await response.text().catch((error: unknown) => {
        throw apiAway(url, error);
      });
      const body = parse(text);
      if (response.ok && body !== undefined) return { status: response.status, body: body as never, text };
      throw isProblem(body) ? refused(body, response.status) : notTheApi(url, response.status);
    },
    open: async (path, signal) => {
      const response = await reach(path, { signal, headers: { Accept: 'text/event-stream' } });
      if (isEventStream(response)) return response.body;
      const body = parse(await response.text());
      throw isProblem(body) ? refused(body, response.status) : notTheApi(url, response.status);
    },
  };
}

function readAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    const message = `--api (or BATON_API) must be a URL such as http://127.0.0.1:8080, not ${JSON.stringify(address)}`;
    throw new BatonError('invalid-request', message);
  }
  return url.href.replace(/\/+$/, '');
}

function withQuery(path: string, query: Request['query'] = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

function toInit({ body, idempotencyKey }: Request): RequestInit {
  return {
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

function isEventStream(
  response: Response,
): response is Response & { readonly body: ReadableStream<Uint8Array> } {
  const type = response.headers.get('content-type') ?? '';
  return response.ok && type.startsWith('text/event-stream') && response.body !== null;
}

/** @returns `undefined` for what is no JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
