import { z } from 'zod';

import type { ErrorCode, Fault } from '../core/errors.ts';
import { parseRequest, type RequestParts } from './request-parts.ts';

/** What a route answers. A string goes out as it is, an async iterable of strings piece by piece, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One kind of answer, for the OpenAPI document. */
interface AnswerKind {
  readonly description: string;
  /** Without one the body is text. */
  readonly schema?: z.ZodType;
  readonly mediaType?: string;
}

/** What a request brings, before it is checked. */
interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** JSON; the bytes where the route has `contents`; else undefined. */
  readonly body: unknown;
  /** Of the log. */
  readonly requestId: string;
  /** Aborted when no one waits for the answer any more, or this process is stopping. */
  readonly signal: AbortSignal;
}

interface RouteDefinition<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Headers extends z.ZodObject,
  Body extends z.ZodType,
> {
  readonly method: 'get' | 'post' | 'delete';
  /** In OpenAPI's notation, e.g. `/v1/runs/{id}`. */
  readonly path: string;
  /** For the documentation: the group, and one sentence. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly headers?: Headers;
  /** A body of JSON. A route without one reads no body, unless it has `contents`. */
  readonly body?: Body;
  /**
   * A body that the route reads itself, from the bytes of the raw request: what it takes, by media type, for the OpenAPI
   * document.
   */
  readonly contents?: Readonly<Record<string, z.ZodType>>;
  readonly answers: Readonly<Record<number, AnswerKind>>;
  /** Codes of the problems that this route itself may answer with. */
  readonly problems: readonly ErrorCode[];
  /** Looks for faults that no schema of the route can see, so that a request refused for others names these too. */
  readonly inspect?: (raw: RawRequest) => readonly Fault[];
  readonly handle: (
    request: RequestParts<Params, Query, Headers, Body> &
      Pick<RawRequest, 'requestId' | 'signal'> & { readonly raw: RawRequest },
  ) => Promise<Answer> | Answer;
}

/** A route as the router and the OpenAPI document see it. */
export interface Route extends Omit<
  RouteDefinition<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType>,
  'handle' | 'inspect' | 'params' | 'query' | 'headers'
> {
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly headers: z.ZodObject;
  /**
   * Checks the request by the route's schemas, then handles it.
   *
   * @throws BatonError `invalid-request` with every fault of path, query, headers and body
   */
  readonly answer: (raw: RawRequest) => Promise<Answer>;
}

/** Makes a route of one definition, so that what validates a request is also what documents it. */
export function defineRoute<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Headers extends z.ZodObject,
  Body extends z.ZodType,
>(definition: RouteDefinition<Params, Query, Headers, Body>): Route {
  const { handle, inspect, ...rest } = definition;
  const schemas = {
    params: definition.params ?? z.strictObject({}),
    query: definition.query ?? z.strictObject({}),
    headers: definition.headers ?? z.object({}),
  };
  return {
    ...rest,
    ...schemas,
    answer: async (raw) => {
      const parts = parseRequest(
        { ...schemas, body: definition.body ?? z.unknown() },
        raw,
        () => inspect?.(raw) ?? [],
      );
      return handle({
        ...(parts as RequestParts<Params, Query, Headers, Body>),
        requestId: raw.requestId,
        signal: raw.signal,
        raw,
      });
    },
  };
}
