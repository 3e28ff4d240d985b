import express, { type Express, type RequestHandler, Router } from 'express';
import { createRequire } from 'node:module';
import path from 'node:path';

import { BatonError } from '../core/errors.ts';
import type { ApiDeps } from './deps.ts';
import { measureRequests } from './http-metrics.ts';
import { mountRoutes } from './mount-routes.ts';
import { measureOpenRuns } from './open-runs-metric.ts';
import { servePage } from './page/serve-page.ts';
import { answerProblem } from './problem.ts';
import { logRequests } from './request-log.ts';
import { batchRoutes } from './routes/batch-routes.ts';
import { correlationRoutes } from './routes/correlation-routes.ts';
import { deliveryRoutes } from './routes/delivery-routes.ts';
import { docsRoutes } from './routes/docs-routes.ts';
import { endRoutes } from './routes/end-routes.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { eventStreamRoutes } from './routes/event-stream-routes.ts';
import { healthRoutes } from './routes/health-routes.ts';
import { pauseRoutes } from './routes/pause-routes.ts';
import { processRoutes } from './routes/process-routes.ts';
import { readModelRoutes } from './routes/read-model-routes.ts';
import { runRoutes } from './routes/run-routes.ts';
import { signalRoutes } from './routes/signal-routes.ts';
import { startRoutes } from './routes/start-routes.ts';
import { steeringRoutes } from './routes/steering-routes.ts';
import { streamRoutes } from './routes/stream-routes.ts';
import { subscriptionRoutes } from './routes/subscription-routes.ts';
import { traceRequests } from './trace-requests.ts';
import { stoppingOf } from './stopping.ts';

/** Makes the REST API. It holds no state of its own: any number of processes may serve it. */
export function createApp(deps: ApiDeps): Express {
  const app = express();
  const stopping = stoppingOf(app).signal;
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);

  measureOpenRuns(deps);
  const routes = [
    ...processRoutes(deps),
    ...startRoutes(deps),
    ...runRoutes(deps),
    ...streamRoutes(deps),
    ...signalRoutes(deps),
    ...steeringRoutes(deps),
    ...pauseRoutes(deps),
    ...endRoutes(deps),
    ...batchRoutes(deps),
    ...subscriptionRoutes(deps),
    ...deliveryRoutes(deps),
    ...eventRoutes(deps),
    ...eventStreamRoutes(deps),
    ...readModelRoutes(deps),
    ...correlationRoutes(deps),
    ...healthRoutes(deps, stopping),
  ];
  const router = Router({ caseSensitive: true }).use(
    servePage(),
    mountRoutes([...routes, ...docsRoutes(routes)], { bodyLimit: deps.bodyLimit, stopping }),
  );
  router.use('/docs', express.static(swaggerUiFolder(), { index: false, redirect: false }));

  app.use(measureRequests(deps.registry), logRequests(deps.log), traceRequests(), setHeaders);
  app.use((request, response) => {
    router(request, response, (error?: unknown) => {
      answerProblem(error ?? nothingAt(request.path), response, deps);
    });
  });
  return app;
}

const setHeaders: RequestHandler = (_request, response, next) => {
  response.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
  next();
};

function nothingAt(place: string): BatonError {
  return new BatonError('route-not-found', `There is nothing at ${place}; GET / lists what there is`);
}

function swaggerUiFolder(): string {
  return path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}
