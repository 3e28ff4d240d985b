import type { RunStatus } from '../../core/run-state.ts';

/** What steering a run answers: the run as it is now, or what became of the message. */
export interface Steered {
  readonly status?: RunStatus;
  readonly outcome?: unknown;
  readonly notice?: string;
}
