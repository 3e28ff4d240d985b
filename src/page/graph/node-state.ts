import type { StepStatus, StepView } from '../../core/run-state.ts';
import { mayStillSucceed } from '../../runs/step-status.ts';

/** What a step looks like at a glance. The first three have no step in the run. */
export type NodeState = 'to-come' | 'not-reached' | 'skipped' | StepStatus | 'undoing' | 'undone';

/** The status that speaks for several steps is the one that comes first here. */
const byWeight: readonly StepStatus[] = [
  'stuck',
  'failed',
  'timed-out',
  'paused',
  'waiting',
  'running',
  'scheduled',
  'cancelled',
  'completed',
];

function weightiest(steps: readonly StepView[]): StepStatus {
  return byWeight.find((status) => steps.some((step) => step.status === status)) ?? 'completed';
}

/**
 * What is seen of steps and of what takes them back. A step that failed stays `failed` when it was undone as well: that
 * is what a person looks for.
 */
export function stateOf(steps: readonly StepView[], undos: readonly StepView[]): NodeState {
  const done = weightiest(steps);
  if (undos.length === 0) return done;
  const undo = weightiest(undos);
  if (undo === 'stuck') return 'stuck';
  if (mayStillSucceed(undo)) return 'undoing';
  if (undo !== 'completed') return 'failed';
  return done === 'failed' || done === 'timed-out' ? done : 'undone';
}
