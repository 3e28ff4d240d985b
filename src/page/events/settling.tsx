import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { CorrelatedDelivery } from '../../correlations/material.ts';
import { toProblem } from '../api/api-failure.ts';
import { ask } from '../api/ask.ts';
import type { ShownProblem } from '../api/shown-problem.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';

type Action = 'retry' | 'skip';

interface SettlingProps {
  readonly delivery: Pick<CorrelatedDelivery, 'subscription' | 'position'>;
  /** The event's type. */
  readonly type: string;
  readonly onSettled: () => void;
}

/** Buttons for an event that waits for a person. What cannot be taken back is asked about first. */
export function Settling({ delivery, type, onSettled }: SettlingProps): JSX.Element {
  const { subscription, position } = delivery;
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const which = `${type} at ${position} for ${subscription}`;
  const settle = async (action: Action): Promise<void> => {
    setBusy(true);
    try {
      const body = JSON.stringify({ action, position });
      await ask('POST', `/v1/subscriptions/${encodeURIComponent(subscription)}/deliveries`, { body });
      setProblem(null);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
      setAsking(false);
      onSettled();
    }
  };
  return (
    <>
      <div class="buttons" role="group" aria-label={`Settle ${which}`}>
        <button
          type="button"
          aria-label={`Try again ${which}`}
          disabled={isBusy}
          onClick={() => void settle('retry')}
        >
          Try again
        </button>
        <button
          type="button"
          class="danger"
          aria-label={`Leave out ${which}`}
          disabled={isBusy}
          onClick={() => {
            setAsking(true);
          }}
        >
          Leave out
        </button>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      {isAsking && (
        <ConfirmDialog
          title={`Leave ${type} out for ${subscription}?`}
          confirm="Leave out"
          isBusy={isBusy}
          onConfirm={() => void settle('skip')}
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>
            {subscription} never gets this event, and goes on with the next one of its subject. The event
            stays in the log.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
