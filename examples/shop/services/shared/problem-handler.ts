import type { Response } from 'express';

import { isDatabaseAway } from './database.ts';
import { DroppedAnswer } from './faults.ts';
import { Problem, type ProblemFault } from './problem.ts';

/** The only door by which an error leaves a service: as a problem document, and never with a stack. */
export function answerProblem(error: unknown, response: Response): void {
  if (error instanceof DroppedAnswer || response.headersSent) {
    response.destroy();
    return;
  }
  const problem = toProblem(error);
  if (problem.status >= 500 && problem !== error) response.locals['error'] = error;
  response
    .status(problem.status)
    .set(problem.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) {
    return new Problem(503, 'database-unavailable', {
      detail: 'The database does not answer; try again in a moment',
      headers: { 'Retry-After': '1' },
    });
  }
  if (isRefusal(error)) return fromRefusal(error);
  return new Problem(500, 'internal', { detail: 'The service failed; its log tells more' });
}

/** What express, its body parser and the validator throw for a request that is wrong. */
interface Refusal extends Error {
  readonly status: number;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the body parser. */
  readonly type?: string;
  /** Of the validator: where the fault is, when there is only one. */
  readonly path?: string;
}

function isRefusal(error: unknown): error is Refusal {
  return (
    error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
  );
}

function fromRefusal({ status, message, type, errors = [], headers = {} }: Refusal): Problem {
  switch (status) {
    case 401:
      return new Problem(401, 'unauthorised', {
        detail: 'Send the API key as Authorization: Bearer <key>',
        headers: { 'WWW-Authenticate': 'Bearer' },
      });
    case 404:
      return new Problem(404, 'not-found', {
        detail: 'There is nothing here; GET /openapi.json tells what there is',
      });
    case 405:
      return new Problem(405, 'method-not-allowed', {
        detail: `Only ${headers['Allow'] ?? 'other methods'} here`,
        headers,
      });
    case 413:
      return new Problem(413, 'body-too-large', { detail: 'A body may have 100 kB at most' });
    case 415:
      return new Problem(415, 'unsupported-media-type', {
        detail: 'The body must be application/json, in UTF-8',
      });
    default:
      if (type === 'entity.parse.failed') return new Problem(400, 'malformed-json', { detail: message });
      return new Problem(400, 'invalid-request', {
        detail: 'The request does not fit GET /openapi.json',
        errors: errors.map(toFault),
      });
  }
}

function toFault({ path, message }: { readonly path: string; readonly message: string }): ProblemFault {
  const [, place = '', rest = ''] = /^\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  switch (place) {
    case 'body':
      return { pointer: rest === '' ? '' : `/${rest}`, message };
    case 'query':
      return { pointer: `?${rest}`, message };
    case 'params':
      return { pointer: `{${rest}}`, message };
    case 'headers':
      return { pointer: rest, message };
    default:
      return { pointer: '', message };
  }
}
