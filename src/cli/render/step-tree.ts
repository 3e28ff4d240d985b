import type { StepView } from '../../core/run-state.ts';

/** A step and what took it back. */
export interface StepNode {
  readonly step: StepView;
  readonly undos: readonly StepNode[];
}

/**
 * Puts each undo under the step that it takes back. Where that was a saga step of several calls, `name/call`, the last
 * of these has it. The order is otherwise the one in which the steps began.
 */
export function placeSteps(steps: readonly StepView[]): readonly StepNode[] {
  const undos = new Map<StepView, StepNode[]>(steps.map((step) => [step, []]));
  const roots: StepNode[] = [];
  for (const step of steps) {
    const node = { step, undos: undos.get(step) ?? [] };
    const host = step.undoes === null ? undefined : findUndone(steps, step.undoes);
    (host === undefined ? roots : (undos.get(host) ?? roots)).push(node);
  }
  return roots;
}

function findUndone(steps: readonly StepView[], name: string): StepView | undefined {
  const candidates = steps.filter(({ undoes }) => undoes === null);
  return (
    candidates.find((step) => step.name === name) ??
    candidates.findLast((step) => step.name.startsWith(`${name}/`))
  );
}
