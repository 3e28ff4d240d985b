import type { Fault } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { Path } from '../services/json-pointer.ts';
import type { SourceFile } from '../services/source-file.ts';
import { problemsOfSchema } from './json-schema.ts';

/** What is wrong with a JSON Schema that a file holds, each fault with its line. */
export function schemaFaults(file: SourceFile, at: Path, schema: Record<string, unknown>): Fault[] {
  return problemsOfSchema(schema as JsonObject).map(({ path, message }) =>
    file.fault([...at, ...path], message),
  );
}
