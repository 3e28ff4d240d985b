import type { JSX } from 'preact';

import { runStatuses } from '../../core/run-state.ts';
import type { ProcessResource } from '../../core/process-resource.ts';
import { useAsked } from '../hooks/use-asked.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { writeRoute } from '../route.ts';

/** Counting costs Temporal a few questions for each process. */
const refreshEvery = 10_000;

/** What can be started, and how the runs of each process fare. */
export function ProcessesView(): JSX.Element {
  const { value, problem } = useAsked<{ readonly processes: readonly ProcessResource[] }>(
    '/v1/processes',
    refreshEvery,
  );
  return (
    <>
      <PageHeading title="Processes">Processes</PageHeading>
      {problem !== null && <ProblemNotice problem={problem} />}
      {value === null && problem === null && <p class="quiet">Loading …</p>}
      {value?.processes.length === 0 && <p class="quiet">This project has no process.</p>}
      <ul class="cards">
        {value?.processes.map((process) => (
          <li key={process.name}>
            <ProcessCard process={process} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ProcessCard({ process }: { readonly process: ProcessResource }): JSX.Element {
  const { name, title, description } = process;
  return (
    <article class="panel process" data-process={name}>
      <div class="process__head">
        <h2>{title}</h2>
        <code>{name}</code>
      </div>
      {description !== '' && <p>{description}</p>}
      <Counts process={process} />
      <div class="buttons">
        <a
          class="button primary"
          aria-label={`Start a run of ${title}`}
          href={writeRoute({ view: 'start', process: name, from: null })}
        >
          Start a run
        </a>
        <a
          class="button"
          aria-label={`All runs of ${title}`}
          href={writeRoute({ view: 'runs', filter: { process: name } })}
        >
          All runs
        </a>
      </div>
    </article>
  );
}

function Counts({
  process: { name, title, counts },
}: {
  readonly process: ProcessResource;
}): JSX.Element | null {
  if (counts === null) return <p class="quiet">Its runs cannot be counted while Temporal does not answer.</p>;
  const present = runStatuses.filter((status) => counts[status] > 0);
  if (present.length === 0) return <p class="quiet">It has no run yet.</p>;
  return (
    <ul class="counts" aria-label={`Runs of ${title} by status`}>
      {present.map((status) => (
        <li key={status}>
          <a
            aria-label={`${counts[status]} ${status}, ${title}`}
            href={writeRoute({ view: 'runs', filter: { process: name, status } })}
          >
            <StateBadge state={status} text={`${counts[status]} ${status}`} />
          </a>
        </li>
      ))}
    </ul>
  );
}
