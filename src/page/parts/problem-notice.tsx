import type { JSX } from 'preact';

import type { ShownProblem } from '../api/shown-problem.ts';

/** What the API refused, in its own words. */
export function ProblemNotice({ problem }: { readonly problem: ShownProblem }): JSX.Element {
  return (
    <div class="notice notice--problem" role="alert">
      <strong>{problem.title}</strong>
      <p>{problem.detail}</p>
    </div>
  );
}
