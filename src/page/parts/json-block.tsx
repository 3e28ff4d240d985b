import type { JSX } from 'preact';

import type { Json } from '../../core/json.ts';

/** A value as JSON that a person can read and select. */
export function JsonBlock({ value, label }: { readonly value: Json; readonly label: string }): JSX.Element {
  return (
    <pre class="json" tabIndex={0} role="region" aria-label={label}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
