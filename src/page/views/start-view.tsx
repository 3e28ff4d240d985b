import type { JSX } from 'preact';

import type { ProcessResource } from '../../core/process-resource.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { useAsked } from '../hooks/use-asked.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { StartForm } from './start-form.tsx';

interface StartViewProps {
  readonly name: string;
  /** A run whose input is taken instead of the example. */
  readonly from: string | null;
}

/** Starts a run of a process. */
export function StartView({ name, from }: StartViewProps): JSX.Element {
  const process = useAsked<ProcessResource>(`/v1/processes/${encodeURIComponent(name)}`);
  const earlier = useAsked<RunResource>(from === null ? null : `/v1/runs/${encodeURIComponent(from)}`);
  const problem = process.problem ?? earlier.problem;
  const input = from === null ? process.value?.example : earlier.value?.input;
  return (
    <>
      <PageHeading title={`Start ${name}`}>Start a run: {process.value?.title ?? name}</PageHeading>
      {problem !== null && <ProblemNotice problem={problem} />}
      {process.value !== null && input !== undefined && (
        <>
          <p class="quiet">
            {from === null
              ? 'The form holds the example of the process.'
              : `The form holds the input of ${from}.`}
          </p>
          <StartForm process={process.value} input={input} />
        </>
      )}
    </>
  );
}
