import type { RunLinks, RunListItem } from '../../api/run-resource.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { RunStatus, RunView } from '../../core/run-state.ts';

/** `GET /v1/runs/{id}` */
export type RunResource = RunView & { readonly links: RunLinks };

/** `GET /v1/runs` */
export interface RunList {
  readonly runs: readonly RunListItem[];
  readonly nextPageToken: string | null;
}

/** One step of the declared graph of a process. */
export interface DeclaredStep {
  readonly name: string;
  readonly kind: string;
  readonly operation: string | null;
  readonly after: readonly string[];
  readonly undo: string | null;
  readonly each: boolean;
}

/** `GET /v1/processes/{process}` */
export interface ProcessResource {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly example: Json;
  readonly decisions: Readonly<Record<string, { readonly title: string; readonly schema: JsonObject }>>;
  readonly graph: readonly DeclaredStep[];
  /** Runs by status; `null` while Temporal does not tell. */
  readonly counts: Readonly<Partial<Record<RunStatus, number>>> | null;
}

/** `GET /v1/processes` */
export interface ProcessList {
  readonly processes: readonly ProcessResource[];
}

/** What steering a run answers: the run as it is now, or what became of the message. */
export interface Steered {
  readonly status?: RunStatus;
  readonly outcome?: unknown;
  readonly notice?: string;
}
