import type { RunView } from './run-state.ts';

/** The addresses of what belongs to a run; paths are below the API's own address. */
export interface RunLinks {
  readonly self: string;
  readonly history: string;
  /** The run in Temporal's Web UI; `null` where that is not known. */
  readonly temporalUi: string | null;
}

/** `GET /v1/runs/{id}` */
export type RunResource = RunView & { readonly links: RunLinks };
