import { describe, expect, it } from 'vitest';

import { errorCatalogue, isErrorCode } from '../../src/core/errors.ts';
import { sampleDeps, startApi } from '../api/sample.ts';
import { listDocuments, readDocument } from './markdown.ts';

const api = await startApi(sampleDeps());
const { body: document } = await api.ask('GET /openapi.json');
await api.listening.close();

const routes = Object.entries(document['paths'] as Record<string, object>).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => routePattern(method.toUpperCase(), path)),
);
const documents = (await listDocuments()).filter((path) => !path.startsWith('examples/shop/services/'));

describe('what the documentation says of the REST API', () => {
  it.each(documents)('in %s: each route is one that there is', async (path) => {
    const named = (await readDocument(path)).matchAll(/`((?:GET|PUT|POST|PATCH|DELETE) \/[^`?]*)[?`]/g);
    const unknown = [...named]
      .map(([, route = '']) => route)
      .filter((route) => !routes.some((pattern) => pattern.test(route)));
    expect(unknown).toEqual([]);
  });

  it.each(documents)('in %s: each status with a code is the status of that code', async (path) => {
    const named = (await readDocument(path)).matchAll(/\b([45]\d\d)\s+`([a-z]+(?:-[a-z]+)*)`/g);
    const wrong = [...named].filter(
      ([, status, code = '']) => !isErrorCode(code) || errorCatalogue[code].status !== Number(status),
    );
    expect(wrong.map(([text]) => text)).toEqual([]);
  });
});

/** A part in braces stands for any one: for the same in braces, and for an example. */
function routePattern(method: string, path: string): RegExp {
  return new RegExp(`^${method} ${path.replaceAll('.', String.raw`\.`).replaceAll(/\{[^}]*\}/g, '[^/]+')}$`);
}
