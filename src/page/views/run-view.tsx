import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import type { StepView } from '../../core/run-state.ts';
import type { ProcessResource } from '../../core/process-resource.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { isOpen } from '../../runs/run-status.ts';
import { graphOf } from '../graph/graph-model.ts';
import { GraphView } from '../graph/graph-view.tsx';
import { useAsked } from '../hooks/use-asked.ts';
import { useLiveRun } from '../hooks/use-live-run.ts';
import { useNow } from '../hooks/use-now.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { AttentionPanels } from '../run/attention-panels.tsx';
import { RunData } from '../run/run-data.tsx';
import { ConnectionState, RunHeader } from '../run/run-header.tsx';
import { rowId, TimelineView } from '../timeline/timeline-view.tsx';

/** How often a run that is open is drawn anew, in milliseconds: its bars grow evenly where that costs little. */
const tickFor = ({ steps }: RunResource): number => (steps.length > 50 ? 1_000 : 250);

/** One run, live: what it does, what it waits for, and what a person can do about it. */
export function RunView({ id }: { readonly id: string }): JSX.Element {
  const { run, connection, reopen } = useLiveRun(id);
  return (
    <>
      <div class="title">
        <PageHeading title={id}>{id}</PageHeading>
        <ConnectionState connection={connection} />
      </div>
      {connection.state === 'away' && <ProblemNotice problem={connection.problem} />}
      {run === null && connection.state !== 'away' && <p class="quiet">Loading …</p>}
      {run !== null && (
        <RunBody
          run={run}
          onSteered={() => {
            // One that had ended may go on.
            if (connection.state === 'ended') reopen();
          }}
        />
      )}
    </>
  );
}

function RunBody({
  run,
  onSteered,
}: {
  readonly run: RunResource;
  readonly onSteered: () => void;
}): JSX.Element {
  const asked = useAsked<ProcessResource>(`/v1/processes/${encodeURIComponent(run.process)}`);
  const process = asked.value;
  // A run may be of a process that the project does not have; until that is known, its graph would be drawn in vain.
  const isKnown = process !== null || asked.problem !== null;
  const now = useNow(isOpen(run.status) ? tickFor(run) : null);
  const model = useMemo(() => graphOf(process?.graph ?? [], run), [process, run]);
  return (
    <>
      <RunHeader run={run} now={now} onSteered={onSteered} />
      <AttentionPanels run={run} process={process} now={now} onSteered={onSteered} />
      <section aria-labelledby="graph">
        <h2 id="graph">Steps</h2>
        {isKnown ? <GraphView model={model} now={now} onSelect={showRow} /> : <p class="quiet">Loading …</p>}
      </section>
      <section aria-labelledby="timeline">
        <h2 id="timeline">Timeline</h2>
        <TimelineView run={run} now={now} />
      </section>
      <RunData run={run} />
    </>
  );
}

function showRow(step: StepView): void {
  const row = document.getElementById(rowId(step));
  if (!(row instanceof HTMLDetailsElement)) return;
  row.open = true;
  row.querySelector('summary')?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}
