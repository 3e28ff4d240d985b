import type { RunStatus, StepStatus } from '../../core/run-state.ts';
import type { Paint } from './paint.ts';

/** How a status is shown: a sign of one column, and a colour. */
export interface StatusStyle {
  readonly icon: string;
  readonly colour: (text: string) => string;
}

type Colour = 'cyan' | 'dim' | 'green' | 'magenta' | 'red' | 'yellow';

const styles: Readonly<Record<RunStatus | StepStatus, readonly [icon: string, colour: Colour]>> = {
  scheduled: ['○', 'dim'],
  running: ['●', 'cyan'],
  waiting: ['◷', 'yellow'],
  paused: ['‖', 'yellow'],
  stuck: ['!', 'magenta'],
  completed: ['✔', 'green'],
  failed: ['✖', 'red'],
  cancelled: ['⊘', 'yellow'],
  terminated: ['■', 'red'],
  'timed-out': ['⧖', 'red'],
};

/** @param status of a run or a step; an API newer than this command may know others */
export function statusStyle(status: RunStatus | StepStatus, paint: Paint): StatusStyle {
  const [icon, colour] = Object.hasOwn(styles, status) ? styles[status] : (['?', 'dim'] as const);
  return { icon, colour: paint[colour] };
}

export function statusText(status: RunStatus | StepStatus, paint: Paint): string {
  const { icon, colour } = statusStyle(status, paint);
  return colour(`${icon} ${status}`);
}
