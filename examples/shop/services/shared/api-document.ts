import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** The parts of an OpenAPI document that the services look into. */
export interface ApiDocument {
  readonly openapi: `3.1.${string}`;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Reads a service's own document and adds what all services answer. */
export async function readApiDocument(folder: URL): Promise<ApiDocument> {
  const [own, shared] = await Promise.all([
    readYaml(new URL('openapi.yaml', folder)),
    readYaml(new URL('openapi.yaml', import.meta.url)),
  ]);
  return {
    ...own,
    paths: { ...own.paths, ...shared.paths },
    components: {
      ...own.components,
      schemas: { ...own.components['schemas'], ...shared.components['schemas'] },
    },
  };
}

async function readYaml(url: URL): Promise<ApiDocument> {
  return parse(await readFile(url, 'utf8')) as ApiDocument;
}
