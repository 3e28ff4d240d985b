import type { JSX } from 'preact';

import type { Json } from '../../core/json.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { JsonBlock } from '../parts/json-block.tsx';

/** What went into a run and what came of it, as JSON. */
export function RunData({
  run: { input, output, error, closedAt },
}: {
  readonly run: RunResource;
}): JSX.Element {
  return (
    <div class="data">
      <Part title="Input" value={input} isOpen={false} />
      {closedAt !== null && error === null && <Part title="Output" value={output} isOpen />}
      {error !== null && <Part title="Error" value={{ ...error }} isOpen />}
    </div>
  );
}

function Part({
  title,
  value,
  isOpen,
}: {
  readonly title: string;
  readonly value: Json;
  readonly isOpen: boolean;
}): JSX.Element {
  return (
    <details class="data__part" open={isOpen}>
      <summary>{title}</summary>
      <JsonBlock value={value} label={title} />
    </details>
  );
}
