import type { StepView } from '../../core/run-state.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { errorText } from './error-text.ts';
import { plainLine, shortJson } from './plain-text.ts';
import { statusText } from './status-style.ts';
import { type Look, progressText, subjectText } from './steps-text.ts';
import { timeText } from './time-text.ts';

/**
 * What is new in a run, a line each, for where lines cannot be drawn anew.
 *
 * @param before `null` = all is new
 */
export function changeLines(before: RunResource | null, run: RunResource, look: Look): readonly string[] {
  const known = new Map(before?.steps.map((step) => [keyOf(step), JSON.stringify(step)]));
  const steps = run.steps.filter((step) => known.get(keyOf(step)) !== JSON.stringify(step));
  const at = look.paint.dim(timeText(new Date(look.now).toISOString(), look.now));
  return [
    ...(before?.status === run.status || isEnd(before, run) ? [] : [runLine(run, look)]),
    ...(run.stall === null || before?.stall?.message === run.stall.message
      ? []
      : [`${look.paint.yellow('stalled')}  ${plainLine(run.stall.message)}`]),
    ...steps.map((step) => stepLine(step, look)),
    ...(isEnd(before, run) ? [runLine(run, look)] : []),
  ].map((line) => `${at}  ${line}`);
}

/** The end of a run is told after its last steps. */
function isEnd(before: RunResource | null, run: RunResource): boolean {
  return before !== null && before.closedAt === null && run.closedAt !== null;
}

function runLine({ id, process, status, error, output }: RunResource, { paint }: Look): string {
  const end = error === null ? output : null;
  return [
    `${paint.bold(plainLine(id))}  ${statusText(status, paint)}  ${plainLine(process)}`,
    ...(error === null ? [] : [paint.red(errorText(error))]),
    ...(end === null ? [] : [shortJson(end, 100)]),
  ].join('  ');
}

function stepLine(step: StepView, look: Look): string {
  const { paint } = look;
  return [
    `${step.undoes === null ? '' : '↩ '}${plainLine(step.name)}`,
    paint.dim(subjectText(step)),
    statusText(step.status, paint),
    progressText(step, look),
    ...(step.error === null ? [] : [paint.red(errorText(step.error))]),
  ].join('  ');
}

function keyOf({ kind, name }: StepView): string {
  return `${kind} ${name}`;
}
