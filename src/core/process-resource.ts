import type { Decision } from './decision.ts';
import type { DeclaredStep } from './declared-step.ts';
import type { Json, JsonObject } from './json.ts';
import type { RunStatus } from './run-state.ts';

/** How many runs are in each state. */
export type RunCounts = Readonly<Record<RunStatus, number>>;

/** `GET /v1/processes/{process}` */
export interface ProcessResource {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Versions that a start may name; empty for a process that has one only. */
  readonly versions: readonly string[];
  /** JSON Schema (2020-12). */
  readonly inputSchema: JsonObject;
  /** An input that works. */
  readonly example: Json;
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly graph: readonly DeclaredStep[];
  /** `null` while Temporal does not tell. */
  readonly counts: RunCounts | null;
  readonly links: { readonly self: string; readonly runs: string };
}

/** `GET /v1/processes` */
export interface ProcessList {
  readonly processes: readonly ProcessResource[];
}
