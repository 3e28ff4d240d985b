import type { JSX } from 'preact';

import type { RunList } from '../../core/run-list.ts';
import { useAsked } from '../hooks/use-asked.ts';
import { useNow } from '../hooks/use-now.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { RefreshBar } from '../parts/refresh-bar.tsx';
import { type RunFilter, writeQuery, writeRoute } from '../route.ts';
import { CaseForm } from './case-form.tsx';
import { RunFilterForm } from './run-filter-form.tsx';
import { RunTable } from './run-table.tsx';

const refreshEvery = 5_000;
const second = 1_000;

/** Runs. What is filtered stands in the address, so that a link shows the same. */
export function RunsView({ filter }: { readonly filter: RunFilter }): JSX.Element {
  const { pageToken, ...onFirstPage } = filter;
  const path = `/v1/runs${writeQuery(filter)}`;
  // A later page would change under the reader's eyes.
  const asked = useAsked<RunList>(path, pageToken === undefined ? refreshEvery : null);
  const { value, problem } = asked;
  const now = useNow(second);
  const next = value?.nextPageToken ?? null;
  return (
    <>
      <PageHeading title="Runs">Runs</PageHeading>
      <RunFilterForm filter={onFirstPage} />
      <CaseForm known={filter.businessKey ?? ''} />
      {problem !== null && <ProblemNotice problem={problem} />}
      <RefreshBar asked={asked} now={now} />
      {value !== null && <RunTable runs={value.runs} now={now} />}
      <nav class="buttons" aria-label="Pages">
        {pageToken !== undefined && (
          <a class="button" href={writeRoute({ view: 'runs', filter: onFirstPage })}>
            First page
          </a>
        )}
        {next !== null && (
          <a class="button" href={writeRoute({ view: 'runs', filter: { ...onFirstPage, pageToken: next } })}>
            Next page
          </a>
        )}
      </nav>
    </>
  );
}
