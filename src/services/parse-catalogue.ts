import { BatonError } from '../core/errors.ts';
import { isJsonObject } from '../core/json.ts';
import { buildCatalogue } from './build-catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { retryFaults, serviceFaults } from './catalogue-faults.ts';
import { catalogueSchema } from './catalogue-schema.ts';
import { checkShape } from './check-shape.ts';
import { type OpenapiDocument, readOpenapiDocument } from './openapi-document.ts';
import { readSourceFile } from './source-file.ts';

export interface CatalogueSources {
  /** What the file is called in messages; `services.yaml` unless said. */
  readonly name?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The texts of the OpenAPI documents by their path as the catalogue writes it; one that is missing is a fault. */
  readonly documents: ReadonlyMap<string, string>;
}

/**
 * Reads a catalogue of services and resolves its operations against the services' OpenAPI documents.
 *
 * @throws BatonError `invalid-request` with every fault of the file and of the documents, each with its line
 */
export function parseCatalogue(text: string, sources: CatalogueSources): Catalogue {
  const file = readSourceFile(sources.name ?? 'services.yaml', text);
  const shape = checkShape(catalogueSchema, file);
  const faults = [...shape.faults];
  const documents = readDocuments(openapiPaths(text), sources.documents);
  for (const document of documents.values()) faults.push(...document.faults);
  for (const [name, service] of rawServices(file.value)) {
    faults.push(...serviceFaults({ file, at: ['services', name], service }, { env: sources.env, documents }));
  }
  if (shape.value !== null) faults.push(...retryFaults(file, shape.value));
  if (shape.value === null || faults.length > 0) {
    throw new BatonError('invalid-request', `${file.name} is not valid`, { faults });
  }
  return buildCatalogue(shape.value, { env: sources.env, documents });
}

/** The OpenAPI documents that a catalogue names, as far as it can be read: what to give to {@link parseCatalogue}. */
export function openapiPaths(text: string): readonly string[] {
  const services = rawServices(readSourceFile('', text).value);
  const paths = services.map(([, service]) => service['openapi']).filter((path) => typeof path === 'string');
  return [...new Set(paths)].sort();
}

/** The names `service.operation` that a catalogue declares, as far as it can be read; whether they are right or not. */
export function declaredOperations(text: string): readonly string[] {
  return rawServices(readSourceFile('', text).value).flatMap(([name, service]) =>
    Object.keys(isJsonObject(service['operations']) ? service['operations'] : {}).map(
      (operation) => `${name}.${operation}`,
    ),
  );
}

function rawServices(value: unknown): [string, Record<string, unknown>][] {
  const services = isJsonObject(value) && isJsonObject(value['services']) ? value['services'] : {};
  return Object.entries(services).filter((entry): entry is [string, Record<string, unknown>] =>
    isJsonObject(entry[1]),
  );
}

function readDocuments(
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
): Map<string, OpenapiDocument> {
  return new Map(
    paths.flatMap((path) => {
      const text = texts.get(path);
      return text === undefined ? [] : [[path, readOpenapiDocument(path, text)]];
    }),
  );
}
