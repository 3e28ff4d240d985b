import { type Request, type RequestHandler, type Response, Router } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { BatonError } from '../core/errors.ts';
import { readBytes, readJson } from './read-body.ts';
import { subjectOfAnswer, subjectOfRoute } from './request-subject.ts';
import type { Answer, Route } from './route.ts';

/**
 * Makes an express router of routes. A known path takes no other method than its routes'; HEAD goes where GET does and
 * OPTIONS tells what is allowed.
 *
 * @param settings bodyLimit in bytes; stopping: aborted when this process stops
 */
export function mountRoutes(
  routes: readonly Route[],
  settings: { readonly bodyLimit: number; readonly stopping: AbortSignal },
): Router {
  const router = Router({ caseSensitive: true });
  const json = readJson(settings.bodyLimit);
  const bytes = readBytes(settings.bodyLimit);
  for (const [path, siblings] of groupByPath(routes)) {
    const expressPath = path.replaceAll(/\{(\w+)\}/g, ':$1');
    router.all(expressPath, (request, _response, next) => {
      request.routePattern = path;
      request.subject = subjectOfRoute(path, request.params);
      next();
    });
    for (const route of siblings) {
      const ofJson = route.body === undefined ? [] : json;
      const readers = route.contents === undefined ? ofJson : bytes;
      router[route.method](expressPath, ...readers, answerBy(route, settings.stopping));
    }
    router.all(expressPath, refuseMethod(siblings));
  }
  return router;
}

function groupByPath(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of routes) groups.set(route.path, [...(groups.get(route.path) ?? []), route]);
  return groups;
}

function answerBy(route: Route, stopping: AbortSignal): RequestHandler {
  return async (request, response) => {
    const unneeded = new AbortController();
    const giveUp = (): void => {
      unneeded.abort();
    };
    stopping.addEventListener('abort', giveUp);
    response.once('close', () => {
      stopping.removeEventListener('abort', giveUp);
      giveUp();
    });
    if (stopping.aborted) giveUp();
    const answer = await route.answer({
      params: request.params,
      query: request.query,
      headers: request.headers,
      body: request.body as unknown,
      requestId: String(response.getHeader('X-Request-Id')),
      signal: unneeded.signal,
    });
    request.subject = { ...request.subject, ...subjectOfAnswer(answer.body) };
    if (!response.destroyed) await send(request, response, answer);
  };
}

async function send(
  { method }: Request,
  response: Response,
  { status, headers = {}, body }: Answer,
): Promise<void> {
  response.status(status).set({ ...headers });
  if (typeof body === 'string') response.send(body);
  else if (!isAsyncIterable(body)) response.json(body);
  else if (method === 'HEAD') response.end();
  else await sendPieces(response, body);
}

/** A reader that goes away ends the sending; that is no fault. */
async function sendPieces(response: Response, pieces: AsyncIterable<unknown>): Promise<void> {
  response.flushHeaders();
  // Each part that looks at an answer listens for its close, and a pipeline does several times.
  response.setMaxListeners(30);
  try {
    await pipeline(Readable.from(pieces), response);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  }
}

function isAsyncIterable(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function refuseMethod(siblings: readonly Route[]): RequestHandler {
  const methods = siblings.map(({ method }) => method.toUpperCase());
  if (methods.includes('GET')) methods.push('HEAD');
  const allow = [...methods, 'OPTIONS'].join(', ');
  return (request, response) => {
    response.set('Allow', allow);
    if (request.method !== 'OPTIONS') {
      throw new BatonError('method-not-allowed', `${request.method} is not taken here; allowed: ${allow}`);
    }
    response.status(204).end();
  };
}
