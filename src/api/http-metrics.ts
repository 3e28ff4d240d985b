import type { RequestHandler } from 'express';
import { Histogram, type Registry } from 'prom-client';

declare module 'express-serve-static-core' {
  interface Request {
    /** The path of the matched route as the OpenAPI document writes it; undefined where none matched. */
    routePattern?: string;
  }
}

/** Measures every answer by route, method and status. The route is its pattern, so that ids make no new series. */
export function measureRequests(registry: Registry): RequestHandler {
  const duration = new Histogram({
    name: 'baton_http_request_duration_seconds',
    help: 'How long HTTP requests took until the answer was sent',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  });
  return (request, response, next) => {
    const end = duration.startTimer();
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'disconnected';
      end({ route: request.routePattern ?? 'unmatched', method: request.method, status });
    });
    next();
  };
}
