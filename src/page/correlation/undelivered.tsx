import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { CorrelatedDelivery } from '../../correlations/material.ts';
import { toProblem } from '../api/api-failure.ts';
import { ask } from '../api/ask.ts';
import type { ShownProblem } from '../api/shown-problem.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { parkedText, retriedText } from './case-words.ts';

interface UndeliveredProps {
  readonly delivery: CorrelatedDelivery;
  /** The event's type. */
  readonly type: string;
  readonly now: number;
  readonly onSettled: () => void;
}

/** An event that a subscription could not deliver; where it waits for a person, with what the person may do. */
export function Undelivered({ delivery, type, now, onSettled }: UndeliveredProps): JSX.Element {
  if (delivery.state !== 'parked') {
    return (
      <p class="notice notice--stall" data-undelivered={delivery.state}>
        {retriedText(delivery, { type, now })}
      </p>
    );
  }
  return (
    <section
      class="panel panel--stuck"
      aria-label={`Not delivered: ${type} to ${delivery.subscription}`}
      data-undelivered="parked"
    >
      <h2>
        {delivery.subscription} has not taken {type}
      </h2>
      <p>{parkedText(delivery)}</p>
      <Settling delivery={delivery} type={type} onSettled={onSettled} />
    </section>
  );
}

type Action = 'retry' | 'skip';

function Settling({
  delivery: { subscription, position },
  type,
  onSettled,
}: Omit<UndeliveredProps, 'now'>): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
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
      <div class="buttons" role="group" aria-label={`Settle ${type} for ${subscription}`}>
        <button type="button" disabled={isBusy} onClick={() => void settle('retry')}>
          Try again
        </button>
        <button
          type="button"
          class="danger"
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
