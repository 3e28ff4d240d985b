import type { Json, JsonObject } from '../core/json.ts';
import type { Catalogue } from '../services/catalogue.ts';

/** A decision that a run may wait for, and what the person who takes it sends. */
export interface Decision {
  readonly name: string;
  readonly title: string;
  /** JSON Schema (2020-12) of the body of `POST /v1/runs/{id}/signals/{name}`. */
  readonly schema: JsonObject;
}

/** One step of the declared graph of a process: what a reader should expect, drawn before any run exists. */
interface GraphStep {
  readonly name: string;
  readonly kind: 'call' | 'timer' | 'decision';
  /** `service.operation` of a call. */
  readonly operation: string | null;
  /** Names of the steps that come right before. */
  readonly after: readonly string[];
  /** `service.operation` that takes the step back. */
  readonly undo: string | null;
  /** Runs once for each element of something, in parallel. */
  readonly each: boolean;
}

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
  readonly graph: readonly GraphStep[];
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
