import type { JSX } from 'preact';

import type { ProcessResource } from '../../core/process-resource.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { useAsked } from '../hooks/use-asked.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { type InitialStart, StartForm } from './start-form.tsx';

interface StartViewProps {
  readonly name: string;
  /** A run whose input and business key are taken; `null` = the example. */
  readonly from: string | null;
}

/** Starts a run of a process. */
export function StartView({ name, from }: StartViewProps): JSX.Element {
  const process = useAsked<ProcessResource>(`/v1/processes/${encodeURIComponent(name)}`);
  const earlier = useAsked<RunResource>(from === null ? null : `/v1/runs/${encodeURIComponent(from)}`);
  const problem = process.problem ?? earlier.problem;
  const initial = from === null ? exampleOf(process.value) : earlier.value;
  return (
    <>
      <PageHeading title={`Start ${name}`}>Start a run: {process.value?.title ?? name}</PageHeading>
      {problem !== null && <ProblemNotice problem={problem} />}
      {process.value !== null && initial !== null && (
        <>
          <p class="quiet">
            {from === null
              ? 'The form holds the example of the process.'
              : `The form holds the input of ${from}, and its business key where it has one.`}
          </p>
          <StartForm process={process.value} initial={initial} />
        </>
      )}
    </>
  );
}

function exampleOf(process: ProcessResource | null): InitialStart | null {
  return process === null ? null : { input: process.example, businessKey: null };
}
