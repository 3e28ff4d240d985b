import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { toMilliseconds } from '../../src/core/duration.ts';
import type { Service } from '../../src/services/catalogue.ts';
import { catalogueSchema } from '../../src/services/catalogue-schema.ts';
import { parseCatalogue } from '../../src/services/parse-catalogue.ts';
import { codeBlocks, codeOf, readDocument, tableRows } from './markdown.ts';
import { schemaFields } from './schema-fields.ts';

const manual = await readDocument('docs/reference/services-yaml.md');
const rows = tableRows(manual, 'field');
/** Those with the name of the file are whole files. */
const examples = codeBlocks(manual).filter(({ name }) => name === 'services.yaml');

describe('the reference of services.yaml', () => {
  it('has every field of the schema, and none that there is not', () => {
    const known = schemaFields(catalogueSchema).map(({ path }) => path.replace(/^.*\.retry\./, 'retry.'));
    expect(rows.map((row) => codeOf(row['field'])).sort()).toEqual([...new Set(known)].sort());
  });

  it('says of those fields that they are needed which are', () => {
    const needed = rows.filter((row) => row['default'] === 'needed').map((row) => codeOf(row['field']));
    const known = schemaFields(catalogueSchema).filter(({ isNeeded }) => isNeeded);
    expect(needed.sort()).toEqual(known.map(({ path }) => path).sort());
  });

  it('tells the defaults that a catalogue gets', () => {
    const { operations, bulkhead, auth } = plainService();
    const { timeout, retry, quick } = operations['book'] ?? expect.fail('there is no such operation');
    expect(toMilliseconds(defaultOf('defaults.timeout'))).toBe(timeout);
    expect(defaultOf('services.*.operations.*.quick')).toBe(String(quick));
    expect(Number(defaultOf('services.*.bulkhead.concurrency'))).toBe(bulkhead.concurrency);
    expect([bulkhead.rate, auth?.prefix]).toEqual([null, '']);
    expect({
      initialInterval: toMilliseconds(defaultOf('retry.initialInterval')),
      backoff: Number(defaultOf('retry.backoff')),
      maximumInterval: toMilliseconds(defaultOf('retry.maximumInterval')),
      maximumAttempts: Number(defaultOf('retry.maximumAttempts')),
      maximumRetryAfter: toMilliseconds(defaultOf('retry.maximumRetryAfter')),
    }).toEqual(retry);
  });

  it('shows more than one example', () => {
    expect(examples.length).toBeGreaterThan(1);
  });

  it.each(examples)('shows an example that is a catalogue: $text', ({ text }) => {
    const catalogue = parseCatalogue(text, { env: {}, documents: documentsFor(text) });
    expect(Object.keys(catalogue)).not.toEqual([]);
  });

  it('names every header that Baton sets itself', () => {
    const row = rows.find(({ field }) => codeOf(field) === 'services.*.auth.header');
    const named = [...(row?.['what it says'] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const header of named) expect(() => plainService({ header, secret: 'KEY' })).toThrow();
    expect(() => plainService({ header: 'Authorization', secret: 'KEY' })).not.toThrow();
  });
});

function defaultOf(field: string): string {
  const row = rows.find((candidate) => codeOf(candidate['field']) === field);
  return codeOf(row?.['default']) ?? expect.fail(`${field} has no default in the reference`);
}

/** A service of which the catalogue says no more than it must, as the catalogue has it. */
function plainService(auth: object = { header: 'X-Key', secret: 'KEY' }): Service {
  const service = { url: 'http://127.0.0.1:4100', openapi: 'it.yaml', auth, operations: { book: {} } };
  const text = JSON.stringify({ services: { it: service } });
  return parseCatalogue(text, { env: {}, documents: documentsFor(text) })['it'] ?? expect.fail('no service');
}

interface WrittenCatalogue {
  readonly services: Readonly<
    Record<string, { openapi: string; operations: Record<string, { operationId?: string }> }>
  >;
}

/** OpenAPI documents that have just the operations of a catalogue. */
function documentsFor(text: string): ReadonlyMap<string, string> {
  const { services } = parse(text) as WrittenCatalogue;
  return new Map(
    Object.values(services).map(({ openapi, operations }) => {
      const ids = Object.entries(operations).map(([name, { operationId = name }]) => operationId);
      const paths = Object.fromEntries(
        ids.map((operationId) => [`/${operationId}`, { post: { operationId } }]),
      );
      return [openapi, JSON.stringify({ openapi: '3.1.0', paths })];
    }),
  );
}
