import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';

/** What may become part of a URN and of a log line without escaping. */
const requestIdPattern = /^[A-Za-z0-9._~:@-]{1,128}$/;

const quietPaths = ['/health/', '/metrics', '/docs/', '/page/'];

/**
 * Logs every request under its id: the caller's `X-Request-Id`, or a new one; the answer carries it too. A request that is
 * about a run says so, and its trace where it has one. Neither headers nor bodies are logged: they hold secrets and what
 * belongs to a run's own record.
 */
export function logRequests(log: Logger): HttpLogger<Request, Response> {
  return pinoHttp<Request, Response>({
    logger: log,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: ({ url }) => quietPaths.some((path) => url.startsWith(path)) },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'warn' : 'info'),
    quietReqLogger: true,
    customSuccessObject: (request, _response, fields: object) => ({ ...aboutOf(request), ...fields }),
    customErrorObject: (...[request, , , fields]: [Request, Response, Error, object]) => ({
      ...aboutOf(request),
      ...fields,
    }),
    customAttributeKeys: { reqId: 'requestId' },
    serializers: {
      req: ({ method, url }: IncomingMessage) => ({ method, url }),
      res: ({ statusCode }: ServerResponse) => ({ status: statusCode }),
      err: (error: Error) => ({ message: error.message }),
    },
    wrapSerializers: false,
  });
}

/** What a line that is logged for a request says of it, beside its id. */
export function aboutOf({ subject, traceId }: Pick<Request, 'subject' | 'traceId'>): object {
  return { ...subject, ...(traceId !== undefined && { traceId }) };
}
