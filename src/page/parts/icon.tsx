import type { JSX } from 'preact';

import type { RunStatus } from '../../core/run-state.ts';
import type { NodeState } from '../graph/node-state.ts';

/** What has an icon: states of runs and of steps, and an event. */
export type IconName = NodeState | RunStatus | 'event';

const tick = 'M4.5 8.5 7 11l4.5-5.5';
const cross = 'm5.5 5.5 5 5m0-5-5 5';
const clock = 'M8 4.8V8l2.2 1.6';

/** Lines within a circle, for eyes that do not tell colours apart. */
const marks: Readonly<Record<IconName, string>> = {
  'to-come': '',
  'not-reached': 'M5.5 8h5',
  skipped: 'm5.5 5 3 3-3 3m3.5-6v6',
  scheduled: 'M5.2 8h.1m2.6 0h.1m2.6 0h.1',
  running: 'M6.7 5.2 11 8l-4.3 2.8Z',
  waiting: clock,
  completed: tick,
  failed: cross,
  stuck: 'M8 4.4v4.4m0 2.5v.1',
  cancelled: 'm5 11 6-6',
  'timed-out': 'M5.6 4.6h4.8L8 8l2.4 3.4H5.6L8 8Z',
  undoing: 'M6.8 4.8 4.7 6.9l2.1 2.1M4.9 6.9h4.2a2 2 0 0 1 0 4.1H7',
  undone: 'M6.8 4.8 4.7 6.9l2.1 2.1M4.9 6.9h4.2a2 2 0 0 1 0 4.1H7',
  paused: 'M6.5 5.5v5m3-5v5',
  terminated: 'M5.8 5.8h4.4v4.4H5.8Z',
  event: 'M7.9 8h.2',
};

/** A person must look, or it is no state at all: its outline is no circle. */
const outlines: Partial<Readonly<Record<IconName, string>>> = {
  stuck: 'M8 1.6 15 14H1Z',
  failed: 'M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5Z',
  event: 'M8 1.2 14.8 8 8 14.8 1.2 8Z',
};
const circle = 'M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 1 1 8 1.2Z';

/** A state as a shape; its name must be beside it as text. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon--${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path class="icon__outline" d={outlines[name] ?? circle} />
      <path class="icon__mark" d={marks[name]} />
    </svg>
  );
}
