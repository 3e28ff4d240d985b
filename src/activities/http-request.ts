import type { CallRequest } from '../services/call-request.ts';
import type { Operation } from '../services/catalogue.ts';

/** A request ready for the wire. */
export interface HttpRequest {
  readonly method: Operation['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Headers that belong to Baton; a process cannot set them. */
const reserved = new Set(['idempotency-key', 'traceparent', 'content-type', 'content-length', 'host']);

/**
 * Puts a call together: the path template filled and escaped, the query, and the headers that make it traceable and
 * safe to repeat.
 *
 * @throws RangeError when a parameter of the path is missing, or a header is Baton's own
 */
export function buildRequest(
  operation: Operation,
  request: CallRequest,
  more: { baseUrl: string; headers: Readonly<Record<string, string>> },
): HttpRequest {
  const hasBody = request.body !== undefined;
  return {
    method: operation.method,
    url: `${more.baseUrl}${fillPath(operation, request.path ?? {})}${queryString(request.query ?? {})}`,
    headers: {
      accept: 'application/json',
      ...ownHeaders(request.headers ?? {}),
      ...(hasBody && { 'content-type': 'application/json' }),
      ...more.headers,
    },
    body: hasBody ? JSON.stringify(request.body) : null,
  };
}

function fillPath(operation: Operation, values: NonNullable<CallRequest['path']>): string {
  return operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === '') {
      throw new RangeError(`path.${name} is missing; ${operation.path} needs it`);
    }
    return encodeURIComponent(value);
  });
}

function queryString(query: NonNullable<CallRequest['query']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? (value as readonly (string | number | boolean)[]) : [value];
    for (const one of values) if (one !== undefined) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

function ownHeaders(headers: NonNullable<CallRequest['headers']>): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  const forbidden = given.find(([name]) => reserved.has(name.toLowerCase()));
  if (forbidden !== undefined) throw new RangeError(`headers.${forbidden[0]} is set by Baton; leave it out`);
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
