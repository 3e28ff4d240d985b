import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { toTypeName } from './process-module.ts';
import type { Process } from './project.ts';

/**
 * An OpenAPI 3.1 document that has nothing but the schemas of a process, as JSON: `Input`, and one for each decision
 * under its type's name. That is what a generator of types for OpenAPI can read.
 */
export function inputDocument(process: Process): string {
  const schemas: Record<string, Json> = {};
  const add = (name: string, schema: JsonObject): void => {
    Object.assign(schemas, toComponents(name, schema));
  };
  add('Input', process.inputSchema);
  for (const { name, schema } of Object.values(process.decisions)) add(toTypeName(name), schema);
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: process.title, version: '1' },
    paths: {},
    components: { schemas },
  });
}

/** A schema and its `$defs`, each a component of its own; references within the schema lead to them. */
function toComponents(name: string, schema: JsonObject): Record<string, Json> {
  const { $defs: definitions, ...rest } = schema;
  const components: Record<string, Json> = { [name]: moveReferences(rest, name) };
  if (!isJsonObject(definitions)) return components;
  for (const [key, definition] of Object.entries(definitions as JsonObject)) {
    components[`${name}.${key}`] = moveReferences(definition, name);
  }
  return components;
}

function moveReferences(value: Json, name: string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => moveReferences(item, name));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string'
        ? moveReference(member, name)
        : moveReferences(member, name),
    ]),
  );
}

function moveReference(reference: string, name: string): string {
  if (!reference.startsWith('#')) return reference;
  const base = `#/components/schemas/${name}`;
  return reference.startsWith('#/$defs/')
    ? `${base}.${reference.slice('#/$defs/'.length)}`
    : base + reference.slice(1);
}
