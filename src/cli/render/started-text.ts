import type { RunResource } from '../../core/run-resource.ts';
import { alignColumns, cell } from './columns.ts';
import { errorText } from './error-text.ts';
import { nextCommands } from './next-commands.ts';
import type { Paint } from './paint.ts';
import { plainLine, shortJson } from './plain-text.ts';
import { statusText } from './status-style.ts';
import { spanText } from './time-text.ts';

interface StartedLook {
  readonly paint: Paint;
  readonly now: number;
  readonly columns: number;
  /** The same request did not come before. */
  readonly isNew: boolean;
  /** Options that further commands need. */
  readonly tail: string;
}

/** A run that was just started: how it stands, and what to do next. */
export function startedText(run: RunResource, look: StartedLook): string {
  const { paint, now, columns, isNew, tail } = look;
  const after = run.closedAt === null ? '' : ` after ${spanText(run.startedAt, run.closedAt, now)}`;
  const next = nextCommands(run, tail).map(({ command, does }) => [
    cell(`  ${command}`),
    cell(`# ${does}`, paint.dim),
  ]);
  return [
    `${paint.bold(plainLine(run.id))}  ${statusText(run.status, paint)}${after}`,
    ...(isNew ? [] : [paint.dim('The same request came before: this is its run.')]),
    ...(run.stall === null ? [] : [paint.yellow(plainLine(run.stall.message))]),
    ...(run.error === null ? [] : [paint.red(errorText(run.error))]),
    ...(run.output === null ? [] : [`output  ${shortJson(run.output, columns - 8)}`]),
    '',
    ...alignColumns(next),
  ].join('\n');
}
