import { defaultRetryPolicy } from '../core/retry-policy.ts';
import type { Catalogue, Operation, Service } from './catalogue.ts';
import type { CatalogueFile, ServiceEntry } from './catalogue-schema.ts';
import { expandVariables } from './expand-variables.ts';
import type { OpenapiDocument } from './openapi-document.ts';

/** What an operation gets where the catalogue says nothing, in milliseconds. */
const defaultTimeout = 10_000;

/** Calls at a time to one service from one worker, where the catalogue says nothing. */
const defaultConcurrency = 50;

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly documents: ReadonlyMap<string, OpenapiDocument>;
}

/** Turns a file that has no fault into the catalogue: defaults put in, operations found. */
export function buildCatalogue(file: CatalogueFile, around: Surroundings): Catalogue {
  return Object.fromEntries(
    Object.entries(file.services).map(([name, entry]) => [name, buildService(name, { file, entry, around })]),
  );
}

interface ServiceContext {
  readonly file: CatalogueFile;
  readonly entry: ServiceEntry;
  readonly around: Surroundings;
}

function buildService(name: string, context: ServiceContext): Service {
  const { entry, around } = context;
  const url = expandVariables(entry.url, around.env);
  if ('problem' in url) throw new TypeError(`the URL of ${name} was not checked`);
  return {
    name,
    url: url.text.replace(/\/+$/, ''),
    openapi: entry.openapi,
    auth: entry.auth ?? null,
    bulkhead: {
      concurrency: entry.bulkhead?.concurrency ?? defaultConcurrency,
      rate: entry.bulkhead?.rate ?? null,
    },
    operations: Object.fromEntries(
      Object.keys(entry.operations).map((operation) => [operation, buildOperation(name, operation, context)]),
    ),
    dev: entry.dev === undefined ? null : { ...entry.dev, database: entry.dev.database ?? null },
  };
}

function buildOperation(service: string, name: string, { file, entry, around }: ServiceContext): Operation {
  const own = entry.operations[name] ?? {};
  const operationId = own.operationId ?? name;
  const endpoint = around.documents.get(entry.openapi)?.endpoints.get(operationId);
  if (endpoint === undefined) throw new TypeError(`${service}.${name} was not checked`);
  return {
    service,
    name,
    operationId,
    method: endpoint.method,
    path: endpoint.path,
    timeout: own.timeout ?? entry.timeout ?? file.defaults?.timeout ?? defaultTimeout,
    retry: { ...defaultRetryPolicy, ...file.defaults?.retry, ...entry.retry, ...own.retry },
    quick: own.quick ?? false,
  };
}
