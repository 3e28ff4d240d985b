import type { RunView } from '../core/run-state.ts';
import { isOpen } from '../runs/run-status.ts';
import { wayOn } from '../runs/way-on.ts';
import { runPath } from '../core/run-path.ts';
import { startPath } from './start-anew.ts';
import type { RunAction } from './steer-run.ts';

/** What was asked of a run: an action, or that it takes a decision. */
export type Asked = RunAction | 'signal';

/** What to tell who asked a run for something that it cannot do now. */
export interface Advice {
  /** Why the run cannot, as far as its state says it, and what can be done instead; empty where the refusal says it all. */
  readonly text: string;
  /** The run can go on in no way; its process can be started again. */
  readonly startAnew: boolean;
}

/** Says what can be done instead of what a run has refused, by the state that it is in. */
export function adviseOn(asked: Asked, view: RunView): Advice {
  if (!isOpen(view.status)) return adviseOnEnded(asked, view);
  return { text: adviseOnOpen(asked, view), startAnew: false };
}

function adviseOnOpen(asked: Asked, view: RunView): string {
  const path = runPath(view.id);
  const isStuck = view.status === 'stuck';
  switch (asked) {
    case 'undo':
      return isStuck ? '' : `To stop it and take back what it did: POST ${path}/cancel`;
    case 'give-up':
      return isStuck ? '' : `To end it and leave things as they are: POST ${path}/terminate`;
    case 'pause':
      return view.status === 'paused' ? `To let it go on: POST ${path}/resume` : '';
    default:
      return whatMovesIt(view, path);
  }
}

function whatMovesIt({ status, steps, stall }: RunView, path: string): string {
  const named = (wanted: string, kind?: string): readonly string[] =>
    steps
      .filter((step) => step.status === wanted && (kind ?? step.kind) === step.kind)
      .map(({ name }) => name);
  if (status === 'stuck') {
    return `It is stuck at ${quoted(named('stuck'))}. To try that again: POST ${path}/retry`;
  }
  if (status === 'paused') return `It is paused. To let it go on: POST ${path}/resume`;
  const decisions = named('waiting', 'decision');
  if (decisions.length > 0) {
    const addresses = decisions
      .map((name) => `POST ${path}/signals/${encodeURIComponent(name)}`)
      .join(' or ');
    return `It waits for the decision ${quoted(decisions)}: ${addresses}`;
  }
  return stall?.message ?? 'It is running and goes on by itself';
}

function adviseOnEnded(asked: Asked, view: RunView): Advice {
  const { id, process, status, error } = view;
  const { leftAsTheyAre = [] } = error ?? {};
  const anew = `To start it anew with the same input: POST ${startPath(process)}, as startAnew has it`;
  if (status === 'completed') {
    return {
      text: 'It is completed. Where its work is to be done again, start a new run',
      startAnew: false,
    };
  }
  if (wayOn(view) === 'retry') {
    const goOn = `It is failed, and what it did stands. To let it go on: POST ${runPath(id)}/retry`;
    return { text: asked === 'retry' ? '' : goOn, startAnew: false };
  }
  if (status === 'cancelled') return { text: `It is cancelled. ${anew}`, startAnew: true };
  if (status === 'failed') {
    const left =
      leftAsTheyAre.length === 0 ? '' : `, but for ${quoted(leftAsTheyAre)}, which is to be settled by hand`;
    return { text: `It is failed, and what it did was taken back${left}. ${anew}`, startAnew: true };
  }
  return { text: `It is ${status}, and what it did stands. ${anew}, once that is settled`, startAnew: true };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
