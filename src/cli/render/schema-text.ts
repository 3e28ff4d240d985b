import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { alignColumns, type Cell, cell } from './columns.ts';
import type { Paint } from './paint.ts';
import { plainLine, shortJson } from './plain-text.ts';

/** How deep a schema is gone into: one may hold itself. */
const deepest = 6;

/** A longer pattern tells most people nothing; `--json` has it. */
const longestPattern = 20;

/** A JSON Schema as people read it: a line for each field, its type, whether it is required, and what it is for. */
export function schemaText(schema: JsonObject, paint: Paint): readonly string[] {
  const rows = fieldRows(schema, { root: schema, paint, depth: 0 });
  return rows.length > 0 ? alignColumns(rows) : [typeText(schema)];
}

interface Place {
  /** Where `$ref` looks. */
  readonly root: JsonObject;
  readonly paint: Paint;
  readonly depth: number;
}

function fieldRows(schema: JsonObject, place: Place): readonly (readonly Cell[])[] {
  const { root, paint, depth } = place;
  const { properties, required } = schema;
  if (!isJsonObject(properties) || depth >= deepest) return [];
  const wanted: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(properties).flatMap(([name, raw]) => {
    const field = resolve(raw, root);
    const description = typeof field['description'] === 'string' ? plainLine(field['description']) : '';
    return [
      [
        cell(`${'  '.repeat(depth)}${plainLine(name)}`),
        cell(typeText(field)),
        cell(wanted.includes(name) ? 'required' : 'optional', paint.dim),
        cell(description, paint.dim),
      ],
      ...fieldRows(innerOf(field, root), { root, paint, depth: depth + 1 }),
    ];
  });
}

/** What the fields are of: those of an array are its elements'. */
function innerOf(field: JsonObject, root: JsonObject): JsonObject {
  return field['items'] === undefined ? field : resolve(field['items'], root);
}

function resolve(schema: unknown, root: JsonObject): JsonObject {
  if (!isJsonObject(schema)) return {};
  const reference = schema['$ref'];
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema as JsonObject;
  let at: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    at = isJsonObject(at) ? at[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  return isJsonObject(at) ? (at as JsonObject) : {};
}

function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function typeText(field: JsonObject): string {
  const { type, items, format, pattern } = field;
  const values = field['enum'];
  if (isJsonArray(values)) return `one of ${values.map((value) => shortJson(value, 40)).join(', ')}`;
  if (field['const'] !== undefined) return shortJson(field['const'], 40);
  const name = Array.isArray(type) ? type.join(' or ') : typeof type === 'string' ? type : 'anything';
  return [
    isJsonObject(items) && typeof items['type'] === 'string' ? `${name} of ${items['type']}` : name,
    ...rangeText(field),
    ...(typeof format === 'string' ? [format] : []),
    ...(typeof pattern === 'string' && pattern.length <= longestPattern ? [`like ${pattern}`] : []),
  ]
    .map(plainLine)
    .join(', ');
}

/** Keywords of the least and the most, and what they count. */
const bounds: readonly (readonly [least: string, most: string, of: string])[] = [
  ['minimum', 'maximum', ''],
  ['exclusiveMinimum', 'exclusiveMaximum', ', exclusive'],
  ['minLength', 'maxLength', ' characters'],
  ['minItems', 'maxItems', ' items'],
];

function rangeText(field: JsonObject): readonly string[] {
  return bounds.flatMap(([leastName, mostName, of]) => {
    const [least, most] = [field[leastName], field[mostName]];
    if (typeof least === 'number' && typeof most === 'number') return [`${least} to ${most}${of}`];
    if (typeof least === 'number') return [`from ${least}${of}`];
    return typeof most === 'number' ? [`up to ${most}${of}`] : [];
  });
}
