import type { RunStatus } from '../core/run-state.ts';

/** How a command that waits for a run says how it ended; 1 is an error of the command itself. */
const exitCodes: Readonly<Record<RunStatus, number>> = {
  completed: 0,
  failed: 2,
  cancelled: 3,
  terminated: 3,
  'timed-out': 3,
  running: 4,
  paused: 4,
  stuck: 4,
};

/** @returns 4 for a run that has not ended */
export function exitCodeOf(status: RunStatus): number {
  return exitCodes[status];
}
