import type { ComponentChildren, JSX } from 'preact';

import type { Asked } from '../hooks/use-asked.ts';
import { formatAge } from '../time/format-time.ts';

/** Of when what is shown is, a button for something newer, and what else belongs there. */
export function RefreshBar({
  asked: { at, problem, refresh },
  now,
  children,
}: {
  readonly asked: Pick<Asked<unknown>, 'at' | 'problem' | 'refresh'>;
  readonly now: number;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="toolbar">
      <button type="button" onClick={refresh}>
        Refresh
      </button>
      <span class="quiet">
        {at === null
          ? problem === null && 'Loading …'
          : `as of ${formatAge(new Date(at).toISOString(), now)}`}
      </span>
      {children}
    </div>
  );
}
