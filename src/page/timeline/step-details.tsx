import type { ComponentChildren, JSX } from 'preact';

import { awaitedText } from '../../core/awaited-text.ts';
import { waitsForAttempt } from '../../core/next-attempt.ts';
import type { StepView } from '../../core/run-state.ts';
import { JsonBlock } from '../parts/json-block.tsx';
import { Time } from '../parts/time.tsx';
import { writeRoute } from '../route.ts';

const kinds: Readonly<Record<StepView['kind'], string>> = {
  call: 'call',
  emit: 'event that is emitted',
  listen: 'wait for events',
  timer: 'timer',
  decision: 'decision of a person',
  run: 'run of another process',
};

/** Everything that is known of a step. */
export function StepDetails({ step, now }: { readonly step: StepView; readonly now: number }): JSX.Element {
  const { error } = step;
  const operation = [step.service, step.operation].filter((part) => part !== null).join('.');
  return (
    <div class="details">
      <dl class="facts">
        <Fact name="Kind">{kinds[step.kind]}</Fact>
        {operation !== '' && <Fact name={step.kind === 'emit' ? 'Event' : 'Operation'}>{operation}</Fact>}
        {step.awaits && <Fact name="Waits for">{awaitedText(step.awaits)}</Fact>}
        {step.run !== null && (
          <Fact name="Run">
            <a href={writeRoute({ view: 'run', id: step.run.id })}>{step.run.id}</a>
          </Fact>
        )}
        {step.undoes !== null && <Fact name="Takes back">{step.undoes}</Fact>}
        <Fact name="Status">{step.status}</Fact>
        <Fact name="Attempts so far">{step.attempt}</Fact>
        <Fact name="Began">
          <Time iso={step.startedAt} now={now} />
        </Fact>
        {step.closedAt !== null && (
          <Fact name="Ended">
            <Time iso={step.closedAt} now={now} />
          </Fact>
        )}
        {step.nextAttemptAt !== null && (
          <Fact name={waitsForAttempt(step) ? 'Next attempt' : 'Waits until'}>
            <Time iso={step.nextAttemptAt} now={now} />
          </Fact>
        )}
      </dl>
      {error !== null && (
        <>
          <p class="details__error">
            <strong>{step.status === 'completed' ? 'Last failure' : 'Error'}</strong>{' '}
            <code>{error.code}</code>
            {error.status !== undefined && ` · answered ${error.status}`}
            <br />
            {error.message}
          </p>
          {error.details !== undefined && (
            <JsonBlock value={error.details} label={`What came with the error of ${step.name}`} />
          )}
        </>
      )}
    </div>
  );
}

export function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
