import type { ComponentChildren, JSX } from 'preact';

import type { ShownProblem } from '../api/shown-problem.ts';

/** What the API refused, in its own words, and below them what can be done instead. */
export function ProblemNotice({
  problem,
  children,
}: {
  readonly problem: ShownProblem;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="notice notice--problem" role="alert">
      <strong>{problem.title}</strong>
      <p>{problem.detail}</p>
      {children}
    </div>
  );
}
