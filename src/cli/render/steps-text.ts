import type { StepView } from '../../core/run-state.ts';
import { alignColumns, type Cell, cell } from './columns.ts';
import { errorText } from './error-text.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain-text.ts';
import { statusStyle } from './status-style.ts';
import { awaitedText } from '../../core/awaited-text.ts';
import { waitsForAttempt } from '../../core/next-attempt.ts';
import { placeSteps, type StepNode } from './step-tree.ts';
import { countdownText } from '../../core/duration-text.ts';
import { spanText, timeText } from './time-text.ts';

/** What a picture of a run depends on beside the run. */
export interface Look {
  readonly paint: Paint;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A line of the tree, with the lines that belong to it and are in no columns. */
interface Row {
  readonly cells: readonly Cell[];
  readonly below: readonly string[];
}

/** The steps of a run as a tree, a line each, with the last error of a step below it. */
export function stepsText(steps: readonly StepView[], look: Look): readonly string[] {
  const rows = placeSteps(steps).flatMap((node, index, all) =>
    nodeRows(node, { isLast: isLast(index, all), look }),
  );
  const lines = alignColumns(rows.map(({ cells }) => cells));
  return rows.flatMap(({ below }, index) => [lines[index] ?? '', ...below]);
}

function nodeRows(
  { step, undos }: StepNode,
  { isLast: last, look, lead = '' }: { isLast: boolean; look: Look; lead?: string },
): readonly Row[] {
  const further = `${lead}${last ? '   ' : '│  '}`;
  const branch = `${lead}${last ? '└─ ' : '├─ '}`;
  const below =
    step.error === null
      ? []
      : [errorLine(step, { further: `${further}${undos.length > 0 ? '│' : ' '}`, look })];
  return [
    { cells: stepCells(step, { branch, look }), below },
    ...undos.flatMap((undo, index) => nodeRows(undo, { isLast: isLast(index, undos), look, lead: further })),
  ];
}

function isLast(index: number, all: readonly unknown[]): boolean {
  return index === all.length - 1;
}

function stepCells(step: StepView, { branch, look }: { branch: string; look: Look }): readonly Cell[] {
  const { paint } = look;
  const { icon, colour } = statusStyle(step.status, paint);
  const sign = step.undoes === null ? '' : '↩ ';
  const name = plainLine(step.name);
  return [
    cell(`${branch}${sign}${icon} ${name}`, () => `${paint.dim(branch + sign)}${colour(icon)} ${name}`),
    cell(subjectText(step), paint.dim),
    cell(step.status, colour),
    cell(progressText(step, look)),
  ];
}

/** What a step is about: the operation that it calls, the event that it emits or waits for, or its kind. */
export function subjectText({ kind, service, operation, awaits }: StepView): string {
  if (awaits !== undefined) return plainLine(`${kind} for ${awaitedText(awaits)}`);
  const called = [service, operation].filter((part) => part !== null).join('.');
  if (kind === 'call') return plainLine(called);
  return called === '' ? kind : plainLine(`${kind} of ${called}`);
}

/** Attempt, how long it took or takes, and what comes next. */
export function progressText(step: StepView, { now }: Pick<Look, 'now'>): string {
  const { status, attempt, startedAt, closedAt, nextAttemptAt } = step;
  const isTried = waitsForAttempt(step);
  return [
    ...(isTried && attempt === 0 && closedAt === null ? ['waits for a worker'] : []),
    ...(isTried && attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(isTried && attempt === 1 && status === 'waiting' ? ['attempt 1'] : []),
    closedAt === null ? `for ${spanText(startedAt, null, now)}` : spanText(startedAt, closedAt, now),
    ...(nextAttemptAt === null || closedAt !== null ? [] : [aheadText(step, { at: nextAttemptAt, now })]),
  ].join(', ');
}

function aheadText(step: StepView, { at, now }: { at: string; now: number }): string {
  const countdown = countdownText(at, now);
  return waitsForAttempt(step) ? `next attempt ${countdown}` : `until ${timeText(at, now)} (${countdown})`;
}

function errorLine({ error, status }: StepView, { further, look }: { further: string; look: Look }): string {
  const text = error === null ? '' : errorText(error);
  // While another attempt comes, the error is no verdict.
  const colour = status === 'waiting' || status === 'running' ? look.paint.yellow : look.paint.red;
  return `${look.paint.dim(further)}  ${colour(text)}`;
}
