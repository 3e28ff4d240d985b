import type { RunList } from '../../core/run-list.ts';
import { cell, tableText } from './columns.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain-text.ts';
import { statusStyle } from './status-style.ts';
import { spanText, timeText } from './time-text.ts';

interface ListLook {
  readonly paint: Paint;
  readonly now: number;
  /** Whether only some runs were asked for. */
  readonly isFiltered: boolean;
}

/** Runs as a table. */
export function runListText({ runs, nextPageToken }: RunList, { paint, now, isFiltered }: ListLook): string {
  if (runs.length === 0)
    return isFiltered ? 'No run is so.' : 'There are no runs yet. Start one: baton start';
  const rows = runs.map((run) => {
    const { icon, colour } = statusStyle(run.status, paint);
    return [
      cell(plainLine(run.id), paint.bold),
      cell(plainLine(run.process)),
      cell(plainLine(run.businessKey ?? '')),
      cell(`${icon} ${run.status}`, colour),
      cell(timeText(run.startedAt, now)),
      cell(spanText(run.startedAt, run.closedAt, now)),
    ];
  });
  const names = ['ID', 'PROCESS', 'BUSINESS KEY', 'STATUS', 'STARTED', 'DURATION'];
  const table = tableText(names, rows, paint.dim);
  return nextPageToken === null ? table : `${table}\n${paint.dim('There are more: --limit shows them.')}`;
}
