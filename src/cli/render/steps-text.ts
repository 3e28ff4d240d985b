import type { StepView } from '../../core/run-state.ts';
import { mayStillSucceed } from '../../runs/step-status.ts';
import { deepestSubRun, type SubRuns } from '../sub-runs.ts';
import { alignColumns, type Cell, cell } from './columns.ts';
import { errorText } from './error-text.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain-text.ts';
import { statusStyle } from './status-style.ts';
import { subRunText } from './sub-run-text.ts';
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
  /** The runs that the steps started, where they were asked for. */
  readonly subRuns?: SubRuns;
}

/** A line of the tree, with the lines that belong to it and are in no columns. */
interface Row {
  readonly cells: readonly Cell[];
  readonly below: readonly string[];
}

/** Where a step is in the tree. */
interface Place {
  readonly look: Look;
  /** How many runs below the one that is shown. */
  readonly depth: number;
  /** What comes before its branch. */
  readonly lead: string;
  readonly isLast: boolean;
}

/**
 * The steps of a run as a tree, a line each, with the last error of a step below it. Below a step that started a run
 * stand that run and its own steps.
 */
export function stepsText(steps: readonly StepView[], look: Look): readonly string[] {
  const nodes = placeSteps(steps);
  const rows = nodes.flatMap((node, index) =>
    nodeRows(node, { look, depth: 0, lead: '', isLast: index === nodes.length - 1 }),
  );
  const lines = alignColumns(rows.map(({ cells }) => cells));
  return rows.flatMap(({ below }, index) => [lines[index] ?? '', ...below]);
}

function nodeRows({ step, undos }: StepNode, { look, depth, lead, isLast }: Place): readonly Row[] {
  const further = `${lead}${isLast ? '   ' : '│  '}`;
  const children = [
    ...placeSteps(stepsBelow(step, { look, depth })).map((node) => ({ node, depth: depth + 1 })),
    ...undos.map((node) => ({ node, depth })),
  ];
  const stem = look.paint.dim(`${further}${children.length > 0 ? '│' : ' '}`);
  return [
    {
      cells: stepCells(step, { branch: `${lead}${isLast ? '└─ ' : '├─ '}`, look }),
      below: remarks(step, look).map((text) => `${stem}  ${text}`),
    },
    ...children.flatMap((child, index) =>
      nodeRows(child.node, {
        ...{ look, depth: child.depth, lead: further },
        isLast: index === children.length - 1,
      }),
    ),
  ];
}

/** The steps of the run that a step started, as far down as they are shown. */
function stepsBelow({ run }: StepView, { look, depth }: Pick<Place, 'look' | 'depth'>): readonly StepView[] {
  const subRun = run && depth < deepestSubRun ? look.subRuns?.get(run.id) : undefined;
  return subRun === undefined || 'unseen' in subRun ? [] : subRun.steps;
}

/** What is said of a step below its line: its last error, and how the run stands that it started. */
function remarks({ error, status, run }: StepView, { paint, subRuns }: Look): readonly string[] {
  // While another attempt comes, the error is no verdict.
  const colour = mayStillSucceed(status) ? paint.yellow : paint.red;
  return [
    ...(error === null ? [] : [colour(errorText(error))]),
    ...(run && subRuns ? [subRunText(run.id, subRuns.get(run.id), paint)] : []),
  ];
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
    ...(isTried && attempt === 0 && closedAt === null && status !== 'paused' ? ['waits for a worker'] : []),
    ...(isTried && attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(isTried && attempt === 1 && (status === 'waiting' || status === 'paused') ? ['attempt 1'] : []),
    closedAt === null ? `for ${spanText(startedAt, null, now)}` : spanText(startedAt, closedAt, now),
    ...(nextAttemptAt === null || closedAt !== null ? [] : [aheadText(step, { at: nextAttemptAt, now })]),
  ].join(', ');
}

function aheadText(step: StepView, { at, now }: { at: string; now: number }): string {
  const countdown = countdownText(at, now);
  return waitsForAttempt(step) ? `next attempt ${countdown}` : `until ${timeText(at, now)} (${countdown})`;
}
