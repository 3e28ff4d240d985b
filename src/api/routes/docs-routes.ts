import { z } from 'zod';

import { describeRoutes } from '../openapi.ts';
import { defineRoute, type Route } from '../route.ts';

/** Everything on the page comes from this process, and the browser is told to ask no one else. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Baton API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const script = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });\n`;

const entryPoints = {
  processes: '/v1/processes',
  runs: '/v1/runs',
  events: '/v1/events',
  eventTypes: '/v1/event-types',
  readModels: '/v1/read-models',
  docs: '/docs',
  openapi: '/openapi.json',
  live: '/health/live',
  ready: '/health/ready',
  metrics: '/metrics',
};

/**
 * How to use the API: its entry points, its OpenAPI document and a page to try it.
 *
 * @param others the routes to describe beside these
 */
export function docsRoutes(others: readonly Route[]): readonly Route[] {
  let openApiText: string | undefined;
  const routes: readonly Route[] = [
    defineRoute({
      method: 'get',
      path: '/',
      tag: 'Documentation',
      summary: 'Where things are',
      description: 'Who asks for text/html, as browsers do, gets the page that shows and steers runs.',
      answers: {
        200: {
          description: 'The entry points',
          schema: z.object({ name: z.string(), links: z.record(z.string(), z.string()) }),
        },
      },
      problems: [],
      handle: () => ({ status: 200, body: { name: 'baton', links: entryPoints } }),
    }),
    defineRoute({
      method: 'get',
      path: '/openapi.json',
      tag: 'Documentation',
      summary: 'This API as OpenAPI 3.1',
      answers: { 200: { description: 'The document', schema: z.looseObject({ openapi: z.string() }) } },
      problems: [],
      handle: () => {
        openApiText ??= JSON.stringify(describeRoutes([...others, ...routes]), null, 2);
        return { status: 200, headers: { 'Content-Type': 'application/json' }, body: openApiText };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/docs',
      tag: 'Documentation',
      summary: 'A page to read and try this API',
      answers: { 200: { description: 'The page', mediaType: 'text/html' } },
      problems: [],
      handle: () => ({
        status: 200,
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy': contentSecurityPolicy,
        },
        body: page,
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/docs/start.js',
      tag: 'Documentation',
      summary: 'The script that fills the page',
      answers: { 200: { description: 'The script', mediaType: 'text/javascript' } },
      problems: [],
      handle: () => ({
        status: 200,
        headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
        body: script,
      }),
    }),
  ];
  return routes;
}
