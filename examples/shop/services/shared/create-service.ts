import express, { type Express, Router } from 'express';
import type { Logger } from 'pino';

import type { ApiDocument } from './api-document.ts';
import type { Database } from './database.ts';
import { readEffects } from './effects.ts';
import { eventRoutes } from './events/event-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { createFaults } from './faults.ts';
import { answerOperations } from './operation-routes.ts';
import { answerProblem } from './problem-handler.ts';
import { logRequests } from './request-log.ts';
import { validateRequests } from './request-validation.ts';
import type { ServiceDefinition } from './service-definition.ts';

export interface ServiceDeps {
  readonly document: ApiDocument;
  readonly database: Database;
  readonly log: Logger;
  readonly apiKey: string | undefined;
  readonly eventsKey: string | undefined;
}

/** Makes a service of the shop out of what makes it itself. */
export function createService(definition: ServiceDefinition, deps: ServiceDeps): Express {
  const { document, database, log, apiKey, eventsKey } = deps;
  const faults = createFaults();
  const operations = [
    ...Object.keys(definition.reads),
    ...Object.keys(definition.changes),
    ...Object.values(definition.reactions).flatMap(({ operation }) => operation ?? []),
  ];

  const router = Router();
  // Before all that reads bodies as JSON: a signature is of the bytes.
  router.use(eventRoutes(definition, { database, faults, eventsKey }));
  router.use(express.json({ limit: 100_000 }));
  router.use(validateRequests(document, apiKey));
  router.get('/health', async (_request, response) => {
    await database.query('SELECT 1');
    response.json({ status: 'ok' });
  });
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.get('/effects', async ({ query: { orderId } }, response) => {
    response.json(await readEffects(database, typeof orderId === 'string' ? orderId : null));
  });
  router.use(faultRoutes(faults, operations));
  router.use(answerOperations(definition, { database, faults }));

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(logRequests(log));
  app.use((request, response) => {
    router(request, response, (error: unknown) => {
      answerProblem(error, response);
    });
  });
  return app;
}
