import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { SubscriptionResource } from '../../core/subscription-resource.ts';
import { toProblem } from '../api/api-failure.ts';
import { ask } from '../api/ask.ts';
import type { ShownProblem } from '../api/shown-problem.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';

/** The button that holds a subscription, or lets it go on. One element for both, so that the focus stays on it. */
export function Pausing({
  subscription: { name, status },
  onDone,
}: {
  readonly subscription: Pick<SubscriptionResource, 'name' | 'status'>;
  readonly onDone: () => void;
}): JSX.Element {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const action = status === 'active' ? 'pause' : 'resume';
  const act = async (): Promise<void> => {
    setBusy(true);
    try {
      await ask('POST', `/v1/subscriptions/${encodeURIComponent(name)}/${action}`);
      setProblem(null);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
      onDone();
    }
  };
  return (
    <>
      <div class="buttons">
        {/* Not `disabled`, which would take the focus away. */}
        <button
          type="button"
          aria-disabled={isBusy}
          onClick={() => {
            if (!isBusy) void act();
          }}
        >
          {action === 'pause' ? 'Pause' : 'Resume'}
        </button>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
    </>
  );
}
