import { describe, expect, it } from 'vitest';

import { errorCatalogue } from '../../src/core/errors.ts';
import { isJsonObject } from '../../src/core/json.ts';
import { sampleDeps, startApi } from './sample.ts';

const api = await startApi(sampleDeps());
const { body: document } = await api.ask('GET /openapi.json');
await api.listening.close();

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, unknown>> }>>;
}

const operations = Object.entries(document['paths'] as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, path, operation] as const),
);

describe('the OpenAPI document', () => {
  it('has every route', () => {
    expect(operations.map(([name]) => name).filter((name) => !name.includes('/docs'))).toEqual([
      'get /v1/processes',
      'get /v1/processes/{process}',
      'post /v1/processes/{process}/runs',
      'get /v1/runs',
      'get /v1/runs/{id}',
      'get /v1/runs/{id}/history',
      'get /v1/runs/{id}/stream',
      'post /v1/runs/{id}/signals/{signal}',
      'post /v1/runs/{id}/retry',
      'post /v1/runs/{id}/undo',
      'post /v1/runs/{id}/give-up',
      'post /v1/runs/{id}/pause',
      'post /v1/runs/{id}/resume',
      'post /v1/runs/{id}/cancel',
      'post /v1/runs/{id}/terminate',
      'post /v1/run-batches',
      'post /v1/subscriptions',
      'get /v1/subscriptions',
      'get /v1/subscriptions/{name}',
      'delete /v1/subscriptions/{name}',
      'post /v1/subscriptions/{name}/pause',
      'post /v1/subscriptions/{name}/resume',
      'post /v1/subscriptions/{name}/replay',
      'get /v1/subscriptions/{name}/deliveries',
      'post /v1/subscriptions/{name}/deliveries',
      'post /v1/events',
      'get /v1/events',
      'get /v1/event-types',
      'get /v1/events/stream',
      'get /v1/read-models',
      'get /v1/read-models/{name}',
      'post /v1/read-models/{name}/rebuild',
      'get /v1/read-models/{name}/rows',
      'get /v1/read-models/{name}/rows/{key}',
      'get /v1/correlations/{businessKey}',
      'get /health/live',
      'get /health/ready',
      'get /metrics',
      'get /',
      'get /openapi.json',
    ]);
  });

  it.each(operations)(
    'describes the path and the problems of %s',
    (_name, path, { parameters = [], responses }) => {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '500']));
      const known = new Set(Object.values(errorCatalogue).map(({ status }) => String(status)));
      const problems = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      for (const [status, { content }] of problems) {
        expect(known).toContain(status);
        const isProblem = Object.hasOwn(content, 'application/problem+json');
        expect(isProblem || path === '/health/ready', `${path} ${status}`).toBe(true);
      }
    },
  );

  it('shows the modes in which events are taken', () => {
    const [, , append] = operations.find(([name]) => name === 'post /v1/events') ?? [];
    expect(Object.keys(append?.requestBody?.content ?? {})).toEqual([
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
      '*/*',
    ]);
    expect(append?.parameters?.map(({ name }) => name)).toContain('ce-type');
  });

  it('points to nothing that it does not have', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    const components = document['components'];
    const schemas = isJsonObject(components) ? components['schemas'] : undefined;
    expect(references.length).toBeGreaterThan(20);
    for (const [, name] of references) expect(schemas).toHaveProperty(name ?? '');
  });

  it('writes patterns as JSON Schema has them, without flags', () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)];
    expect(patterns.length).toBeGreaterThan(0);
    for (const [, pattern = ''] of patterns) expect(pattern).toMatch(/\$$/);
  });
});
