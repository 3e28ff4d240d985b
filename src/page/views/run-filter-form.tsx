import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { runStatuses } from '../../core/run-state.ts';
import type { ProcessResource } from '../../core/process-resource.ts';
import { useAsked } from '../hooks/use-asked.ts';
import { type RunFilter, writeRoute } from '../route.ts';
import { fromLocalTime, toLocalTime } from '../time/local-time.ts';

/** What stands in the fields before it is applied. */
type Draft = Readonly<Record<'process' | 'status' | 'businessKey' | 'startedAfter' | 'run', string>>;

interface TextProps {
  readonly value: string;
  readonly onInput: (event: { readonly currentTarget: HTMLInputElement }) => void;
}

/** Narrows the list of runs, by changing the address. Choices act at once, what is typed on Enter. */
export function RunFilterForm({ filter }: { readonly filter: RunFilter }): JSX.Element {
  const { process = '', status = '', businessKey = '', startedAfter = '' } = filter;
  const [draft, setDraft] = useState<Draft>(() => toDraft(filter));
  useEffect(() => {
    setDraft(toDraft(filter));
  }, [process, status, businessKey, startedAfter]);
  const known = useAsked<{ readonly processes: readonly ProcessResource[] }>('/v1/processes').value
    ?.processes;
  const names = new Set([...(known ?? []).map(({ name }) => name), process].filter((name) => name !== ''));
  const text = (name: keyof Draft): TextProps => ({
    value: draft[name],
    onInput: ({ currentTarget: { value } }) => {
      setDraft({ ...draft, [name]: value });
    },
  });
  return (
    <form
      class="filter"
      role="search"
      aria-label="Runs"
      onSubmit={(event) => {
        event.preventDefault();
        apply(draft);
      }}
    >
      <Choice
        label="Process"
        options={[...names]}
        value={draft.process}
        onPick={(picked) => {
          apply({ ...draft, process: picked });
        }}
      />
      <Choice
        label="Status"
        options={runStatuses}
        value={draft.status}
        onPick={(picked) => {
          apply({ ...draft, status: picked });
        }}
      />
      <label>
        Business key
        <input type="text" autoComplete="off" {...text('businessKey')} />
      </label>
      <label class="filter__time">
        Started after
        <input type="datetime-local" step="1" {...text('startedAfter')} />
      </label>
      <label>
        Run id
        <input type="text" autoComplete="off" {...text('run')} />
      </label>
      <div class="buttons">
        <button type="submit">Show</button>
        {Object.keys(filter).length > 0 && (
          <a class="button" href={writeRoute({ view: 'runs', filter: {} })}>
            Show all
          </a>
        )}
      </div>
    </form>
  );
}

function toDraft({ process = '', status = '', businessKey = '', startedAfter = '' }: RunFilter): Draft {
  return { process, status, businessKey, startedAfter: toLocalTime(startedAfter), run: '' };
}

function apply({ run, process, status, businessKey, startedAfter }: Draft): void {
  const filter = {
    process,
    status,
    businessKey: businessKey.trim(),
    startedAfter: fromLocalTime(startedAfter),
  };
  const id = run.trim();
  location.hash = writeRoute(id === '' ? { view: 'runs', filter } : { view: 'run', id });
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly string[];
  readonly value: string;
  readonly onPick: (picked: string) => void;
}

function Choice({ label, options, value, onPick }: ChoiceProps): JSX.Element {
  return (
    <label>
      {label}
      <select
        value={value}
        onChange={(event) => {
          onPick(event.currentTarget.value);
        }}
      >
        {['', ...options].map((option) => (
          <option key={option} value={option}>
            {option === '' ? 'any' : option}
          </option>
        ))}
      </select>
    </label>
  );
}
