import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { writeRoute } from '../route.ts';

/** Leads to all events and runs of one business key. `known` is the one that the reader has named already. */
export function CaseForm({ known }: { readonly known: string }): JSX.Element {
  const [key, setKey] = useState(known);
  useEffect(() => {
    setKey(known);
  }, [known]);
  return (
    <form
      class="filter case-form"
      role="search"
      aria-label="Case"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') location.hash = writeRoute({ view: 'correlation', key: key.trim() });
      }}
    >
      <label>
        Events and runs of one key
        <input
          type="text"
          autoComplete="off"
          required
          maxLength={200}
          placeholder="business key, e.g. 4711"
          value={key}
          onInput={({ currentTarget: { value } }) => {
            setKey(value);
          }}
        />
      </label>
      <div class="buttons">
        <button type="submit">Show the case</button>
      </div>
    </form>
  );
}
