import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';

import { type ErrorCode, errorCatalogue } from '../core/errors.ts';
import { problemMediaType, problemSchema } from './problem.ts';
import type { Route } from './route.ts';

type RequestConfig = NonNullable<RouteConfig['request']>;
type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** Problems that any route may answer with. */
const commonProblems: readonly ErrorCode[] = ['invalid-request', 'internal'];

/** Problems of reading a body. */
const bodyProblems: readonly ErrorCode[] = ['malformed-json', 'body-too-large', 'unsupported-media-type'];

/** Describes routes as OpenAPI 3.1, from the schemas that check their requests. */
export function describeRoutes(routes: readonly Route[]): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  for (const route of routes) {
    registry.registerPath({
      method: route.method,
      path: route.path,
      tags: [route.tag],
      summary: route.summary,
      ...(route.description === undefined ? {} : { description: route.description }),
      request: {
        params: route.params,
        query: route.query,
        headers: route.headers,
        ...bodyOf(route),
      },
      responses: { ...problemsOf(route), ...answersOf(route) },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Baton',
      version: '1',
      description:
        'Starts, shows and steers runs of processes. Every error is a problem document (RFC 9457).',
    },
    servers: [{ url: '/' }],
  });
}

function bodyOf({ body, contents }: Route): Pick<RequestConfig, 'body'> {
  if (contents !== undefined) {
    const content = Object.entries(contents).map(([mediaType, schema]) => [mediaType, { schema }] as const);
    return { body: { required: false, content: Object.fromEntries(content) } };
  }
  if (body === undefined) return {};
  const required = !body.safeParse(undefined).success;
  return { body: { required, content: { 'application/json': { schema: body } } } };
}

function answersOf(route: Route): Record<string, ResponseConfig> {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, { description, schema, mediaType }]) => [
      status,
      {
        description,
        content: { [mediaType ?? 'application/json']: { schema: schema ?? { type: 'string' as const } } },
      },
    ]),
  );
}

function problemsOf(route: Route): Record<string, ResponseConfig> {
  const readsBody = route.body !== undefined || route.contents !== undefined;
  const codes = [...commonProblems, ...(readsBody ? bodyProblems : []), ...route.problems];
  const statuses = new Set(codes.map((code) => errorCatalogue[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => [
      String(status),
      {
        description: codes
          .filter((code) => errorCatalogue[code].status === status)
          .map((code) => `\`${code}\`: ${errorCatalogue[code].title}`)
          .join('\n\n'),
        content: { [problemMediaType]: { schema: problemSchema } },
      },
    ]),
  );
}
