import type { Json, JsonObject } from '../../core/json.ts';
import type { RunStatus, RunView } from '../../core/run-state.ts';
import type { Correlation } from '../../correlations/correlation.ts';

/** One step of the declared graph of a process. */
export interface DeclaredStep {
  readonly name: string;
  readonly kind: 'call' | 'emit' | 'listen' | 'timer' | 'decision';
  readonly operation: string | null;
  readonly after: readonly string[];
  readonly undo: string | null;
  /** Runs once for each element of something, in parallel. */
  readonly each: boolean;
}

export interface DecisionResource {
  readonly name: string;
  readonly title: string;
  readonly schema: JsonObject;
}

/** `GET /v1/processes/{process}` */
export interface ProcessResource {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly example: Json;
  readonly decisions: Readonly<Record<string, DecisionResource>>;
  readonly graph: readonly DeclaredStep[];
  /** Runs by status; `null` while Temporal does not tell. */
  readonly counts?: Readonly<Partial<Record<RunStatus, number>>> | null;
}

interface RunLinks {
  readonly self: string;
  readonly history: string;
  readonly temporalUi: string | null;
}

/** `GET /v1/runs/{id}` */
export type RunResource = RunView & { readonly links: RunLinks };

/** One row of `GET /v1/runs` */
export type RunListItem = Pick<
  RunResource,
  'id' | 'process' | 'businessKey' | 'status' | 'startedAt' | 'closedAt' | 'links'
>;

/** `GET /v1/runs` */
export interface RunList {
  readonly runs: readonly RunListItem[];
  readonly nextPageToken: string | null;
}

/** `GET /v1/correlations/{businessKey}` */
export type CorrelationResource = Correlation & {
  /** What could be looked at. */
  readonly seen: {
    readonly events: 'all' | 'cut' | 'away' | 'off';
    readonly runs: 'all' | 'cut' | 'away';
  };
};

/** A problem document (RFC 9457), as the API writes every error. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly ProblemError[];
}

/** Something that is wrong with one place of a request. */
export interface ProblemError {
  /** JSON pointer into the body. */
  readonly pointer: string;
  readonly message: string;
}
