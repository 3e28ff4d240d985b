import type { JSX } from 'preact';

import type { StepView } from '../../core/run-state.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { durationText } from '../../core/duration-text.ts';
import { Icon } from '../parts/icon.tsx';
import { writeRoute } from '../route.ts';
import { stepNote } from '../run/step-note.ts';
import { StepDetails } from './step-details.tsx';
import { timelineOf, type TimelineRow } from './timeline-model.ts';

/** The steps of a run in the order in which they began, on an axis of time; each opens to its details. */
export function TimelineView({ run, now }: { readonly run: RunResource; readonly now: number }): JSX.Element {
  const { rows, ticks } = timelineOf(run, now);
  if (rows.length === 0) return <p class="quiet">No step has begun.</p>;
  return (
    <div class="timeline">
      <div class="timeline__axis" aria-hidden="true">
        {ticks.map(({ left, after }) => (
          <span key={after} style={{ left: `${left}%` }}>
            {after === 0
              ? '0'
              : durationText(after)
                  .replace(/\.0 s$/, ' s')
                  .replace(/ 00 (s|min)$/, '')}
          </span>
        ))}
      </div>
      {rows.map((row) => (
        <Row key={`${row.step.kind} ${row.step.name}`} row={row} now={now} />
      ))}
    </div>
  );
}

/** The id of a step's row, to lead there. */
export function rowId({ kind, name }: Pick<StepView, 'kind' | 'name'>): string {
  return `step:${kind}:${name}`;
}

function Row({
  row: { step, bar, ahead },
  now,
}: {
  readonly row: TimelineRow;
  readonly now: number;
}): JSX.Element {
  return (
    <details
      class={`row row--${step.status}`}
      id={rowId(step)}
      data-step={step.name}
      data-status={step.status}
    >
      <summary>
        <span class="row__name">
          <Icon name={step.undoes === null ? step.status : undoIcon(step)} />
          <span class="row__text">
            {step.undoes !== null && <span class="tag">undo</span>}
            {step.undoes === null ? step.name : step.name.slice('undo:'.length)}
          </span>
        </span>
        <span class="row__track" aria-hidden="true">
          <span
            class={`bar bar--${barState(step)}`}
            style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
          />
          {ahead !== null && (
            <span class="bar bar--ahead" style={{ left: `${ahead.left}%`, width: `${ahead.width}%` }} />
          )}
        </span>
        <span class="row__note">
          {stepNote(step, now)}
          {step.run !== null && (
            <>
              {' · '}
              <a aria-label={`its steps: ${step.run.id}`} href={writeRoute({ view: 'run', id: step.run.id })}>
                its steps
              </a>
            </>
          )}
        </span>
        {step.error !== null && <span class="row__error">{step.error.message}</span>}
      </summary>
      <StepDetails step={step} now={now} />
    </details>
  );
}

function barState({ undoes, status }: StepView): string {
  return undoes !== null && status === 'completed' ? 'undo' : status;
}

function undoIcon({ status }: StepView): 'undone' | StepView['status'] {
  return status === 'completed' ? 'undone' : status;
}
