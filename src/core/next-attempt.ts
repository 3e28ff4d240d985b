import type { StepView } from './run-state.ts';

/**
 * Whether a step that waits does so for its next attempt, and not for its time, a person or an event. A wait for events
 * has attempts only while the log cannot be looked at, and its error then says why.
 */
export function waitsForAttempt({ kind, error }: Pick<StepView, 'kind' | 'error'>): boolean {
  return kind === 'call' || kind === 'emit' || (kind === 'listen' && error !== null);
}
