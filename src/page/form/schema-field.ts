import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { FormValue } from './json-text.ts';

/** What a form shows for a schema. */
export type Field =
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly item: JsonObject }
  | { readonly kind: 'choice'; readonly options: readonly Json[] }
  | { readonly kind: 'text'; readonly isLong: boolean }
  | { readonly kind: 'number' }
  | { readonly kind: 'yes-no' }
  /** A schema that no field is made for: a person writes JSON. */
  | { readonly kind: 'json' };

export interface Member {
  readonly name: string;
  readonly schema: JsonObject;
  readonly isRequired: boolean;
}

/** Keywords that make the form of a value depend on the value. */
const beyondFields = [
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'if',
  'patternProperties',
  'prefixItems',
  'dependentSchemas',
];

/** Text that may be longer gets more than one line. */
const longText = 300;

/** @param root where `$ref` leads */
export function fieldOf(given: JsonObject, root: JsonObject): Field {
  const schema = resolve(given, root);
  if (beyondFields.some((keyword) => Object.hasOwn(schema, keyword)) || schema['$ref'] !== undefined) {
    return { kind: 'json' };
  }
  if (Object.hasOwn(schema, 'const')) return { kind: 'choice', options: [schema['const'] ?? null] };
  if (Array.isArray(schema['enum'])) return { kind: 'choice', options: schema['enum'] as readonly Json[] };
  switch (schema['type']) {
    case 'object':
      return isJsonObject(schema['properties'])
        ? { kind: 'object', members: membersOf(schema) }
        : { kind: 'json' };
    case 'array':
      return isJsonObject(schema['items']) ? { kind: 'list', item: schema['items'] } : { kind: 'json' };
    case 'string':
      return {
        kind: 'text',
        isLong: typeof schema['maxLength'] === 'number' && schema['maxLength'] > longText,
      };
    case 'number':
    case 'integer':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'yes-no' };
    default:
      return { kind: 'json' };
  }
}

function membersOf(schema: JsonObject): Member[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(schema['properties'] as Readonly<Record<string, Json>>).map(([name, member]) => ({
    name,
    schema: isJsonObject(member) ? (member as JsonObject) : {},
    isRequired: required.includes(name),
  }));
}

/** Follows a `$ref` within the document. What stands beside it goes before what it leads to. */
export function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  let resolved = schema;
  // A circle of references leads nowhere; the form then asks for JSON.
  for (let followed = 0; typeof resolved['$ref'] === 'string' && followed < 20; followed += 1) {
    const { $ref, ...beside } = resolved;
    const target = targetOf($ref, root);
    if (target === null) return resolved;
    resolved = { ...target, ...beside };
  }
  return resolved;
}

function targetOf(reference: string, root: JsonObject): JsonObject | null {
  if (!reference.startsWith('#')) return null;
  let at: unknown = root;
  for (const part of decodeURIComponent(reference.slice(1)).split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isJsonObject(at) || !Object.hasOwn(at, name)) return null;
    at = at[name];
  }
  return isJsonObject(at) ? (at as JsonObject) : null;
}

/** What a form begins with where nothing is known: required objects, so that their fields are seen. */
export function emptyValue(given: JsonObject, root: JsonObject): FormValue {
  const field = fieldOf(given, root);
  if (field.kind === 'list') return [];
  if (field.kind !== 'object') return undefined;
  const members = field.members
    .filter(({ isRequired }) => isRequired)
    .map(({ name, schema }) => [name, emptyValue(schema, root)] as const);
  return Object.fromEntries(members);
}

/** JSON pointer (RFC 6901) of a member or an element. */
export function pointerTo(parent: string, name: string | number): string {
  return `${parent}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
