import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { RunStatus, StepView } from '../../core/run-state.ts';
import type { ProcessResource } from '../../core/process-resource.ts';
import type { RunResource } from '../../core/run-resource.ts';
import type { ShownProblem } from '../api/shown-problem.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { offersForStuck } from '../api/run-actions.ts';
import { DecisionPanel } from './decision-panel.tsx';
import { SteeringBar } from './steering-bar.tsx';
import { stepNote } from './step-note.ts';

interface AttentionProps {
  readonly run: RunResource;
  readonly process: ProcessResource | null;
  readonly now: number;
  readonly onSteered: () => void;
}

/** Whatever of a run asks for a person: why it stalls, why it failed, stuck steps, decisions. */
export function AttentionPanels({ run, process, now, onSteered }: AttentionProps): JSX.Element {
  const stuck = run.steps.filter(({ status }) => status === 'stuck');
  const decisions = run.steps.filter(({ kind, status }) => kind === 'decision' && status === 'waiting');
  const [refused, setRefused] = useState<ReadonlyMap<string, ShownProblem>>(new Map());
  // While its form is there, it shows itself what was refused.
  const lost = [...refused].filter(([name]) => !decisions.some((step) => step.name === name));
  return (
    <>
      {run.stall !== null && (
        <div class="notice notice--stall" role="alert" data-stall={run.stall.reason}>
          <strong>It does not move</strong>
          <p>{run.stall.message}</p>
        </div>
      )}
      {run.error !== null && <RunFailure status={run.status} error={run.error} />}
      {stuck.map((step) => (
        <StuckStep key={step.name} run={run} step={step} isOnly={stuck.length === 1} onSteered={onSteered} />
      ))}
      {lost.map(([name, problem]) => (
        <div key={name} data-lost={name}>
          <p class="quiet">What you sent for the decision {name} does not count:</p>
          <ProblemNotice problem={problem} />
        </div>
      ))}
      {decisions.map((step) => {
        const decision = process?.decisions[step.name];
        return decision === undefined ? null : (
          <DecisionPanel
            key={step.name}
            runId={run.id}
            decision={decision}
            note={stepNote(step, now)}
            onRefused={(problem) => {
              setRefused((known) => {
                const others = [...known].filter(([name]) => name !== step.name);
                return new Map(problem === null ? others : [...others, [step.name, problem]]);
              });
            }}
          />
        );
      })}
    </>
  );
}

/** Ends that say by themselves what went wrong. */
const ends: Partial<Readonly<Record<RunStatus, string>>> = {
  terminated: 'It was terminated',
  'timed-out': 'It has timed out',
};

function RunFailure({
  status,
  error,
}: {
  readonly status: RunStatus;
  readonly error: NonNullable<RunResource['error']>;
}): JSX.Element {
  const { code, message, undone, leftAsTheyAre = [] } = error;
  return (
    <div class="notice notice--problem">
      <strong>
        {ends[status] ?? (
          <>
            It failed: <code>{code}</code>
          </>
        )}
      </strong>
      <p>{message}</p>
      {undone === true && <p>What it did was taken back. Mend the cause and start it anew.</p>}
      {leftAsTheyAre.length > 0 && (
        <p>Left as they are, to be settled by hand: {leftAsTheyAre.join(', ')}.</p>
      )}
    </div>
  );
}

function StuckStep({
  run,
  step,
  isOnly,
  onSteered,
}: {
  readonly run: RunResource;
  readonly step: StepView;
  readonly isOnly: boolean;
  readonly onSteered: () => void;
}): JSX.Element {
  return (
    <section class="panel panel--stuck" aria-label={`Stuck: ${step.name}`}>
      <h2>{step.name} is stuck</h2>
      <p>
        {step.error === null ? 'It failed for good' : step.error.message}
        {step.attempt > 1 && ` (${step.attempt} attempts)`}. It waits for a person.
      </p>
      {!isOnly && (
        <SteeringBar run={run} offers={offersForStuck([step])} step={step.name} onDone={onSteered} />
      )}
    </section>
  );
}
