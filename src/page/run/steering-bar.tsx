import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { RunResource } from '../../core/run-resource.ts';
import { toProblem } from '../api/api-failure.ts';
import { ask } from '../api/ask.ts';
import type { Offer } from '../api/run-actions.ts';
import type { ShownProblem } from '../api/shown-problem.ts';
import { useRequestKey } from '../hooks/use-request-key.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { StartAnew } from './start-anew.tsx';

interface SteeringBarProps {
  readonly run: Pick<RunResource, 'id' | 'process'>;
  readonly offers: readonly Offer[];
  /** The one step that is meant, where a run has several that are stuck. */
  readonly step?: string;
  readonly onDone: () => void;
  /** What stands beside the buttons. */
  readonly children?: ComponentChildren;
}

/** Buttons that steer a run. What ends something is asked about first; what the API refuses is told in its words. */
export function SteeringBar({ run, offers, step, onDone, children }: SteeringBarProps): JSX.Element {
  const [asking, setAsking] = useState<Offer | null>(null);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [reason, setReason] = useState('');
  const { keyFor, renew } = useRequestKey();

  const act = async (offer: Offer): Promise<void> => {
    const body = JSON.stringify({
      ...(step !== undefined && { step }),
      ...(offer.action === 'terminate' && reason !== '' && { reason }),
    });
    setBusy(true);
    try {
      await ask('POST', `/v1/runs/${encodeURIComponent(run.id)}/${offer.action}`, {
        body,
        idempotencyKey: keyFor(`${offer.action} ${body}`),
      });
      setProblem(null);
      setAsking(null);
      renew();
      onDone();
    } catch (error) {
      const refused = toProblem(error);
      setProblem(refused);
      // Where the answer was lost, the same key finds what became of it; what was refused may be asked anew.
      if (refused.status !== 0 && refused.status < 500) renew();
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <div class="buttons" role="group" aria-label={step === undefined ? 'Steer this run' : `Settle ${step}`}>
        {offers.map((offer) => (
          <button
            key={offer.label}
            type="button"
            class={offer.isDestructive ? 'danger' : ''}
            title={offer.explanation}
            aria-label={step === undefined ? undefined : `${offer.label} ${step}`}
            disabled={isBusy}
            onClick={() => {
              setProblem(null);
              if (offer.isDestructive) setAsking(offer);
              else void act(offer);
            }}
          >
            {offer.label}
          </button>
        ))}
        {children}
      </div>
      {problem !== null && asking === null && <Refusal problem={problem} run={run} />}
      {asking !== null && (
        <ConfirmDialog
          title={`${asking.label} ${run.id}?`}
          confirm={asking.label}
          isBusy={isBusy}
          onConfirm={() => void act(asking)}
          onClose={() => {
            setAsking(null);
          }}
        >
          <p>{asking.explanation}</p>
          {asking.action === 'terminate' && (
            <label class="field">
              Reason
              <input
                type="text"
                autoComplete="off"
                value={reason}
                onInput={(event) => {
                  setReason(event.currentTarget.value);
                }}
              />
            </label>
          )}
          {problem !== null && <Refusal problem={problem} run={run} />}
        </ConfirmDialog>
      )}
    </>
  );
}

/** Why the run refuses; where it can go on in no way, a new start is offered. */
function Refusal({
  problem,
  run,
}: { readonly problem: ShownProblem } & Pick<SteeringBarProps, 'run'>): JSX.Element {
  return (
    <ProblemNotice problem={problem}>
      {problem.startAnew !== undefined && <StartAnew run={run} />}
    </ProblemNotice>
  );
}
