import type { Fault } from '../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { type Checked, checkShape } from '../services/check-shape.ts';
import type { Path } from '../services/json-pointer.ts';
import { readSourceFile, type SourceFile } from '../services/source-file.ts';
import { graphProblems, kindOf } from './graph-problems.ts';
import { schemaProblems } from './json-schema.ts';
import { type Manifest, manifestSchema } from './manifest-schema.ts';
import type { Process } from './project.ts';
import { schemaFaults } from './schema-faults.ts';

export interface ManifestSources {
  /** What the file is called in messages. */
  readonly file: string;
  /** Every `service.operation` of the catalogue. */
  readonly operations: readonly string[];
}

/** What the manifest says of its process; the module is found beside it. */
export type DeclaredProcess = Omit<Process, 'name' | 'module' | 'exportName'>;

/** Reads the manifest of a process and looks for every fault that shows without running any code. */
export function parseManifest(text: string, sources: ManifestSources): Checked<DeclaredProcess> {
  const file = readSourceFile(sources.file, text);
  const shape = checkShape(manifestSchema, file);
  const faults = [
    ...shape.faults,
    ...schemaFaultsOf(file),
    ...(shape.value === null
      ? []
      : graphProblems(shape.value, sources.operations).map(({ path, message }) => file.fault(path, message))),
  ];
  if (shape.value === null || faults.length > 0) return { value: null, faults };
  return { value: toDeclaredProcess(shape.value), faults: [] };
}

/** Looked for in the file as written, so that a fault elsewhere in it hides none of them. */
function schemaFaultsOf(file: SourceFile): Fault[] {
  if (!isJsonObject(file.value)) return [];
  const { input, example, decisions } = file.value;
  const faults: Fault[] = [];
  if (isJsonObject(input)) {
    const broken = schemaFaults(file, ['input'], input);
    faults.push(...broken);
    if (input['type'] !== 'object') faults.push(file.fault(['input'], 'must have "type: object"'));
    if (example !== undefined && broken.length === 0) {
      for (const { path, message } of schemaProblems(input as JsonObject, example)) {
        faults.push(file.fault(['example', ...path], message));
      }
    }
  }
  for (const [name, decision] of Object.entries(isJsonObject(decisions) ? decisions : {})) {
    const at = ['decisions', name];
    if (!/^[a-z][a-zA-Z0-9-]*$/.test(name) || name === 'input') faults.push(decisionNameFault(file, at));
    const schema = isJsonObject(decision) ? decision['schema'] : undefined;
    if (isJsonObject(schema)) faults.push(...schemaFaults(file, [...at, 'schema'], schema));
  }
  return faults;
}

function decisionNameFault(file: SourceFile, at: Path): Fault {
  const reserved = at.at(-1) === 'input' ? '; "input" is taken by the type of the input' : '';
  return file.fault(at, `must be named with letters, digits and -, a lower-case letter first${reserved}`);
}

function toDeclaredProcess(manifest: Manifest): DeclaredProcess {
  return {
    title: manifest.title,
    description: manifest.description,
    inputSchema: manifest.input as JsonObject,
    example: manifest.example as Json,
    decisions: Object.fromEntries(
      Object.entries(manifest.decisions).map(([name, { title, schema }]) => [
        name,
        { name, title, schema: schema as JsonObject },
      ]),
    ),
    graph: manifest.graph.map((step) => ({
      name: step.name,
      kind: kindOf(step),
      operation: step.operation ?? null,
      after: step.after,
      undo: step.undo ?? null,
      each: step.each,
    })),
  };
}
