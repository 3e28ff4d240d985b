import type { JSX } from 'preact';

import { Icon, type IconName } from './icon.tsx';

/** A state as icon and word. */
export function StateBadge({
  state,
  text,
}: {
  readonly state: IconName;
  readonly text?: string;
}): JSX.Element {
  return (
    <span class={`badge badge--${state}`} data-state={state}>
      <Icon name={state} />
      {text ?? state}
    </span>
  );
}
