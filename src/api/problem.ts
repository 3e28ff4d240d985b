import type { Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';

import { BatonError, type ErrorCode, errorCatalogue, errorTypeUri, type Fault } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { runStatuses } from '../core/run-state.ts';
import { aboutOf } from './request-log.ts';
import { anyJson, type ShapeOf } from './shape-of.ts';
import { fromTemporalError } from './temporal-error.ts';

/** A problem document (RFC 9457). `code` is stable: branch on it. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ example: 'urn:baton:error:invalid-request' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'Names this occurrence; the log tells more under it' }),
    code: z.enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]),
    errors: z.array(
      z.object({
        pointer: z.string().meta({
          description:
            'JSON pointer into the body; `?name` is a query parameter, `{name}` a part of the path, a bare name a header',
        }),
        message: z.string(),
      } satisfies ShapeOf<Fault>),
    ),
    runStatus: z
      .enum(runStatuses)
      .optional()
      .meta({ description: 'Of a refusal for the state that the run is in' }),
    startAnew: z
      .object({ method: z.literal('POST'), href: z.string(), body: anyJson })
      .optional()
      .meta({
        description:
          'The request that starts the run anew with the same input, where it cannot go on. As it is it begins another ' +
          'run; with an Idempotency-Key or an id of your own it begins one at most',
      }),
  } satisfies ShapeOf<Problem>)
  .meta({ id: 'Problem' });

export const problemMediaType = 'application/problem+json';

/** Seconds after which a request that met an absent part may be repeated. */
const retryAfter = '5';

export function toProblem(error: BatonError, requestId: string): Problem {
  const { title, status } = errorCatalogue[error.code];
  const standard = {
    type: errorTypeUri(error.code),
    title,
    status,
    detail: error.message,
    instance: `urn:baton:request:${requestId}`,
    code: error.code,
    errors: error.faults.map(({ pointer, message }) => ({ pointer, message })),
  };
  return { ...standard, ...error.extensions, ...standard };
}

/** What the door needs to know of the application. */
export interface ProblemSettings {
  readonly log: Logger;
  /** In bytes; told where a body was larger. */
  readonly bodyLimit: number;
}

/**
 * The only door by which an error leaves the API. What is not known is logged with its stack, and told by its instance
 * only.
 */
export function answerProblem(
  thrown: unknown,
  response: Response,
  { log, bodyLimit }: ProblemSettings,
): void {
  const error = toBatonError(thrown, bodyLimit);
  const requestId = String(response.getHeader('X-Request-Id'));
  const { status } = errorCatalogue[error.code];
  const fields = { err: thrown, requestId, ...aboutOf(response.req) };
  if (error.code === 'internal') log.error(fields, 'the request failed');
  else if (status >= 500) log.warn(fields, 'the request could not be served');
  if (response.headersSent || response.destroyed) {
    // What was sent of the answer is wrong by now; cutting it is the one way left to say so.
    response.destroy();
    return;
  }
  if (status === 503) response.set('Retry-After', retryAfter);
  response
    .status(status)
    .type(problemMediaType)
    .send(JSON.stringify(toProblem(error, requestId)));
}

function toBatonError(thrown: unknown, bodyLimit: number): BatonError {
  if (thrown instanceof BatonError) return thrown;
  return (
    fromTemporalError(thrown) ??
    fromExpressError(thrown, bodyLimit) ??
    new BatonError('internal', 'Something in Baton failed; its log tells more under this instance')
  );
}

/** What express and body-parser throw: errors with the HTTP status that they mean. */
function fromExpressError(thrown: unknown, bodyLimit: number): BatonError | null {
  if (!(thrown instanceof Error) || !('status' in thrown) || typeof thrown.status !== 'number') return null;
  switch (thrown.status) {
    case 413:
      return new BatonError('body-too-large', `The body may have ${bodyLimit} bytes at most`);
    case 415:
      return new BatonError('unsupported-media-type', thrown.message);
    case 400:
      return new BatonError('invalid-request', thrown.message);
    default:
      return null;
  }
}
