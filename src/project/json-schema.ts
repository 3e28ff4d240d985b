import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

import type { Fault } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import { toPointer } from '../services/json-pointer.ts';
import { type SchemaProblem, toSchemaProblems } from './schema-problem.ts';

/** So many faults help a person; a body of a megabyte could have a hundred thousand. */
const maximumFaults = 100;

// Strict, so that a misspelt keyword is a fault and not a rule that never applies. Compiled validators are kept by the
// identity of their schema.
const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  addUsedSchema: false,
  logger: false,
});
ajvFormats.default(ajv);

/**
 * Holds a value against a JSON Schema (2020-12). Messages begin with the pointer and never quote the value.
 *
 * Used for the input of a process and for the body of a decision.
 *
 * @param at pointer of the value in what the client sent, put before every fault's own
 * @returns no fault when the value is valid; at most 100
 * @throws Error when the schema itself is broken; those of a loaded project never are
 * @example validateAgainst(schema, { quantity: 0 }) // [{ pointer: '/quantity', message: '/quantity must be at least 1' }]
 */
export function validateAgainst(schema: JsonObject, value: unknown, at = ''): Fault[] {
  return schemaProblems(schema, value).map(({ path, message }) => {
    const pointer = at + toPointer(path);
    return { pointer, message: `${pointer === '' ? 'the value' : pointer} ${message}` };
  });
}

/** @throws Error when the schema itself is broken */
export function schemaProblems(schema: JsonObject, value: unknown): SchemaProblem[] {
  const validate = ajv.compile(schema);
  if (validate(value)) return [];
  return toSchemaProblems((validate.errors ?? []).slice(0, maximumFaults));
}

/** What is wrong with a schema: against its meta-schema, or what shows only when it is compiled. */
export function problemsOfSchema(schema: JsonObject): SchemaProblem[] {
  try {
    if (ajv.validateSchema(schema) !== true) return toSchemaProblems(ajv.errors ?? []);
    ajv.compile(schema);
    return [];
  } catch (error) {
    return [
      {
        path: [],
        message: `is no JSON Schema (2020-12): ${error instanceof Error ? error.message : String(error)}`,
      },
    ];
  }
}
