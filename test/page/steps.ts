import type { StepView } from '../../src/core/run-state.ts';
import type { DeclaredStep } from '../../src/core/declared-step.ts';

/** A call that was done at once, and whatever else is given. */
export function step(name: string, is: Partial<StepView> = {}): StepView {
  return {
    name,
    kind: 'call',
    service: 'shop',
    operation: 'do',
    run: null,
    status: 'completed',
    undoes: null,
    attempt: 1,
    startedAt: '2026-03-12T10:00:00.000Z',
    closedAt: '2026-03-12T10:00:01.000Z',
    nextAttemptAt: null,
    error: null,
    ...is,
  };
}

/** What takes a step back. */
export function undo(name: string, is: Partial<StepView> = {}): StepView {
  return step(`undo:${name}`, { undoes: name, ...is });
}

export function declare(name: string, is: Partial<DeclaredStep> = {}): DeclaredStep {
  return { name, kind: 'call', operation: 'shop.do', after: [], undo: null, each: false, ...is };
}
