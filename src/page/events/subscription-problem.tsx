import type { JSX } from 'preact';

import type { ShownProblem } from '../api/shown-problem.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';

/** Why no subscription can be shown. To have no event log is a way to run, and no fault. */
export function SubscriptionProblem({ problem }: { readonly problem: ShownProblem }): JSX.Element {
  if (problem.code !== 'event-log-off') return <ProblemNotice problem={problem} />;
  return (
    <p class="notice notice--stall" data-event-log="off">
      There is no event log here, and so no subscription. Where the API is started with DATABASE_URL set, its
      subscriptions stand here.
    </p>
  );
}
