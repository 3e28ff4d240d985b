import type { StepStatus } from '../core/run-state.ts';

const byItself: ReadonlySet<StepStatus> = new Set(['scheduled', 'running', 'waiting', 'paused']);

/** Whether a step may still succeed as it is: it has not ended, nor failed for good. Its error is then no verdict. */
export function mayStillSucceed(status: StepStatus): boolean {
  return byItself.has(status);
}
