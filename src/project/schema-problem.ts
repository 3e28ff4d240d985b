import type { ErrorObject } from 'ajv';

import { isJsonObject } from '../core/json.ts';
import { didYouMean } from '../services/did-you-mean.ts';
import { fromPointer } from '../services/json-pointer.ts';

/** What is wrong at one place of a value. It never quotes the value: inputs carry names, cards and secrets. */
export interface SchemaProblem {
  readonly path: readonly string[];
  /** Goes on after the place: `must be at least 1`. */
  readonly message: string;
}

/** Turns the errors of one validation into one problem for each thing that a person has to put right. */
export function toSchemaProblems(errors: readonly ErrorObject[]): SchemaProblem[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  return errors
    .filter((error) => error.keyword !== 'if' && !unions.some((union) => isBranchOf(union, error)))
    .map((error) => {
      const branches = errors.filter((other) => isBranchOf(error, other));
      return branches.length === 0 ? toProblem(error) : toUnionProblem(error, branches);
    });
}

/** A branch that is a reference has the errors of what it refers to, under the path of that. */
function isBranchOf(union: ErrorObject, error: ErrorObject): boolean {
  if (union === error || !error.instancePath.startsWith(union.instancePath)) return false;
  const branches: unknown[] = Array.isArray(union.schema) ? union.schema : [];
  const references = branches.flatMap((branch) => (isJsonObject(branch) ? [branch['$ref']] : []));
  return [union.schemaPath, ...references].some(
    (path) => typeof path === 'string' && error.schemaPath.startsWith(`${path}/`),
  );
}

function toUnionProblem(union: ErrorObject, branches: readonly ErrorObject[]): SchemaProblem {
  const path = fromPointer(union.instancePath);
  const messages = toSchemaProblems(branches).map((branch) =>
    [branch.path.slice(path.length).join('/'), branch.message].filter((part) => part !== '').join(' '),
  );
  return { path, message: [...new Set(messages)].join(', or ') };
}

function toProblem(error: ErrorObject): SchemaProblem {
  const path = fromPointer(error.instancePath);
  const params = error.params as Readonly<Record<string, unknown>>;
  const missing = params['missingProperty'];
  if (typeof missing === 'string') return { path: [...path, missing], message: 'is required' };
  const unknown = params['additionalProperty'] ?? params['unevaluatedProperty'];
  if (typeof unknown === 'string') {
    const parent: unknown = error.parentSchema;
    const known = isJsonObject(parent) ? parent['properties'] : undefined;
    const ending = didYouMean(unknown, isJsonObject(known) ? Object.keys(known) : []);
    return { path: [...path, unknown], message: `is not a known field${ending}` };
  }
  return { path, message: sentences[error.keyword]?.(params) ?? error.message ?? 'is not valid' };
}

const types: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
};

const sentences: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>> = {
  type: ({ type }) => `must be ${typeNames(type).join(' or ')}`,
  enum: ({ allowedValues }) => `must be ${list(allowedValues)}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${String(limit)}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${String(limit)}`,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${String(multipleOf)}`,
  minLength: ({ limit }) =>
    limit === 1 ? 'must not be empty' : `must have at least ${String(limit)} characters`,
  maxLength: ({ limit }) => `must have at most ${String(limit)} characters`,
  pattern: ({ pattern }) => `must match the pattern ${String(pattern)}`,
  format: ({ format }) => `must be in the format "${String(format)}"`,
  minItems: ({ limit }) => (limit === 1 ? 'must not be empty' : `must have at least ${String(limit)} items`),
  maxItems: ({ limit }) => `must have at most ${String(limit)} items`,
  uniqueItems: ({ i, j }) => `must not have an item twice; items ${String(j)} and ${String(i)} are the same`,
  minProperties: ({ limit }) => `must have at least ${String(limit)} fields`,
  maxProperties: ({ limit }) => `must have at most ${String(limit)} fields`,
  oneOf: () => 'must fit exactly one of the alternatives, and fits several',
};

function list(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(' or ') : String(values);
}

function typeNames(type: unknown): string[] {
  const names: unknown[] = Array.isArray(type) ? type : [type];
  return names.map((name) => types[String(name)] ?? String(name));
}
