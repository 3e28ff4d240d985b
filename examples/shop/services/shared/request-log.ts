import type { Request, RequestHandler, Response } from 'express';
import type { Level, Logger } from 'pino';

/** Writes one line for each request when it has ended, however it did. Bodies and keys of the API are never in it. */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const { error } = response.locals;
      log[levelOf(request, response)](
        {
          method: request.method,
          url: request.originalUrl,
          status: response.writableFinished ? response.statusCode : undefined,
          isReplay: response.getHeader('Idempotency-Replayed') === 'true' || undefined,
          milliseconds: Math.round((performance.now() - startedAt) * 10) / 10,
          idempotencyKey: request.get('Idempotency-Key'),
          traceparent: request.get('traceparent'),
          event: request.get('ce-type'),
          eventId: request.get('ce-id'),
          ...(error !== undefined && { err: error }),
        },
        response.writableFinished ? 'answered' : 'cut off',
      );
    });
    next();
  };
}

function levelOf(request: Request, response: Response): Level {
  if (!response.writableFinished) return 'warn';
  if (response.statusCode >= 500) return 'error';
  return request.path === '/health' ? 'debug' : 'info';
}
