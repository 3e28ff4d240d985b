import type { Decision } from '../core/decision.ts';
import type { DeclaredStep } from '../core/declared-step.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { Catalogue } from '../services/catalogue.ts';

/**
 * A process in TypeScript: a workflow function in `processes/{name}.ts`, exported under the file's name in camel case,
 * and the manifest `processes/{name}.manifest.yaml` beside it, which the API reads without running any code.
 */
export interface Process {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema (2020-12). */
  readonly inputSchema: JsonObject;
  /** An input that works. */
  readonly example: Json;
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly graph: readonly DeclaredStep[];
  /** Absolute path of the TypeScript (or JavaScript) module. */
  readonly module: string;
  /** Name of the function that the module exports. */
  readonly exportName: string;
}

/** A team's folder: its catalogue of services and its processes. */
export interface Project {
  /** Absolute path. */
  readonly dir: string;
  readonly catalogue: Catalogue;
  readonly processes: Readonly<Record<string, Process>>;
}
