import type { Fault } from '../core/errors.ts';
import { isJsonObject } from '../core/json.ts';
import { show } from './check-shape.ts';
import { fromPointer, type Path } from './json-pointer.ts';
import { readSourceFile, type SourceFile } from './source-file.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const;

/** Where an operation of an OpenAPI document is found over HTTP. */
interface Endpoint {
  readonly method: (typeof methods)[number];
  readonly path: string;
}

export interface OpenapiDocument {
  /** By operationId. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly faults: readonly Fault[];
}

/** Reads what Baton needs of an OpenAPI 3.1 document, in YAML or JSON: which operations there are. */
export function readOpenapiDocument(name: string, text: string): OpenapiDocument {
  const file = readSourceFile(name, text);
  const endpoints = new Map<string, Endpoint>();
  const faults = [...file.faults];
  const root = isJsonObject(file.value) ? file.value : {};
  if (faults.length === 0) faults.push(...headFaults(file, root));
  for (const { method, path, at, operation, shared } of operationsOf(root)) {
    const id = operation['operationId'];
    if (typeof id !== 'string') continue;
    if (endpoints.has(id)) faults.push(file.fault([...at, 'operationId'], `${show(id)} is used twice`));
    endpoints.set(id, { method, path });
    const parameters = [shared, operation['parameters']].flat();
    if (parameters.some(isElsewhere)) continue;
    const declared = pathParameters(root, parameters);
    for (const parameter of templateParameters(path)) {
      if (declared.includes(parameter)) continue;
      faults.push(file.fault(at, `does not declare the path's parameter {${parameter}}`));
    }
  }
  return { endpoints, faults };
}

function headFaults(file: SourceFile, root: Record<string, unknown>): Fault[] {
  const version = root['openapi'];
  const faults: Fault[] = [];
  if (typeof version !== 'string' || !/^3\.1\.\d+$/.test(version)) {
    const found = version === undefined ? 'it has none' : `not ${show(version)}`;
    faults.push(file.fault(['openapi'], `must be the version of OpenAPI 3.1, e.g. "3.1.0"; ${found}`));
  }
  if (!isJsonObject(root['paths'])) return [...faults, file.fault(['paths'], 'must be an object of paths')];
  for (const [path, item] of Object.entries(root['paths'])) {
    if (isElsewhere(item)) faults.push(file.fault(['paths', path], 'must be in this file, not in another'));
  }
  return faults;
}

interface FoundOperation extends Endpoint {
  readonly at: Path;
  readonly operation: Record<string, unknown>;
  /** Parameters of the path, for all of its operations. */
  readonly shared: unknown;
}

function operationsOf(root: Record<string, unknown>): FoundOperation[] {
  const paths = isJsonObject(root['paths']) ? root['paths'] : {};
  return Object.entries(paths).flatMap(([path, written]) => {
    const item = resolve(root, written);
    if (!isJsonObject(item)) return [];
    return methods.flatMap((method) => {
      const operation = item[method.toLowerCase()];
      if (!isJsonObject(operation)) return [];
      const at = ['paths', path, method.toLowerCase()];
      return [{ method, path, at, operation, shared: item['parameters'] }];
    });
  });
}

/** The names between braces in a path template. */
function templateParameters(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

function pathParameters(root: Record<string, unknown>, parameters: readonly unknown[]): unknown[] {
  return parameters
    .map((parameter) => resolve(root, parameter))
    .flatMap((parameter) =>
      isJsonObject(parameter) && parameter['in'] === 'path' ? [parameter['name']] : [],
    );
}

/** A `$ref` into another document, which is followed for types only. */
function isElsewhere(value: unknown): boolean {
  return isJsonObject(value) && typeof value['$ref'] === 'string' && !value['$ref'].startsWith('#');
}

/** Follows a `$ref` within the document. */
function resolve(root: Record<string, unknown>, value: unknown): unknown {
  if (!isJsonObject(value) || typeof value['$ref'] !== 'string') return value;
  let found: unknown = root;
  for (const key of fromPointer(value['$ref'])) {
    found = isJsonObject(found) ? found[key] : undefined;
  }
  return found;
}
