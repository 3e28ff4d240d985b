import type { StepView } from '../../core/run-state.ts';
import type { DeclaredStep } from '../../core/declared-step.ts';

/** Where a step of a run belongs in the declared graph. */
export interface Match {
  readonly declared: DeclaredStep;
  /** The step's own name; of a step that runs for each of something, one of several: `reserve tea-sencha`. */
  readonly instance: string;
}

/**
 * Finds the declared step that a step of a run belongs to. A saga step that makes several calls names them `step/call`;
 * one that is declared with `each` is named with what it is for: `reserve tea-sencha`.
 *
 * @returns `null` where the graph declares none
 */
export function matchStep(
  step: Pick<StepView, 'kind' | 'name'>,
  graph: readonly DeclaredStep[],
): Match | null {
  const candidates = graph
    .filter(({ kind }) => kind === step.kind)
    .flatMap((declared) => {
      const instance = instanceOf(step.name, declared);
      return instance === null ? [] : [{ declared, instance }];
    });
  // "reserve seat A1" belongs to "reserve seat" where there is one, and not to "reserve".
  return (
    candidates.toSorted((left, right) => right.declared.name.length - left.declared.name.length)[0] ?? null
  );
}

function instanceOf(name: string, { name: declared, each }: DeclaredStep): string | null {
  if (name === declared || name.startsWith(`${declared}/`)) return declared;
  if (!each || !name.startsWith(`${declared} `)) return null;
  return sagaStepOf(name);
}

/** The saga step that a call is part of. */
export function sagaStepOf(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(0, slash);
}
