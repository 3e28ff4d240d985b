import type { RunStatus } from '../core/run-state.ts';

/** Temporal's numbers (`temporal.api.enums.v1.WorkflowExecutionStatus`); 6, continued as new, goes on elsewhere. */
const statuses: Readonly<Record<number, RunStatus>> = {
  1: 'running',
  2: 'completed',
  3: 'failed',
  4: 'cancelled',
  5: 'terminated',
  6: 'running',
  7: 'timed-out',
  8: 'paused',
};

/**
 * @param execution the number of Temporal's status
 * @param attribute what the run says of itself while it is open: `stuck`, `paused` or nothing
 */
export function toRunStatus(execution: number | null | undefined, attribute: string | null): RunStatus {
  const status = statuses[execution ?? 1] ?? 'running';
  if (status !== 'running') return status;
  return attribute === 'stuck' || attribute === 'paused' ? attribute : status;
}

export function isOpen(status: RunStatus): boolean {
  return status === 'running' || status === 'paused' || status === 'stuck';
}
