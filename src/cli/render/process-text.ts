import { type RunStatus, runStatuses } from '../../core/run-state.ts';
import type { ProcessResource } from '../../core/process-resource.ts';
import { cell, tableText } from './columns.ts';
import { graphText } from './graph-text.ts';
import type { Paint } from './paint.ts';
import { longJson, plainLine } from './plain-text.ts';
import { schemaText } from './schema-text.ts';
import { shellWord } from '../../core/shell-word.ts';
import { statusStyle } from './status-style.ts';

/** The processes that can be started, as a table with how many runs of each are in which state. */
export function processListText(processes: readonly ProcessResource[], paint: Paint): string {
  if (processes.length === 0) return 'The project has no process.';
  const statuses = runStatuses.filter((status) =>
    processes.some(({ counts }) => (counts?.[status] ?? 0) > 0),
  );
  const rows = processes.map(({ name, title, counts }) => [
    cell(plainLine(name), paint.bold),
    cell(plainLine(title)),
    ...statuses.map((status) => cell(countText(counts, status), statusStyle(status, paint).colour)),
  ]);
  const names = ['PROCESS', 'TITLE', ...statuses.map((status) => status.toUpperCase())];
  const table = tableText(names, rows, paint.dim);
  const isCounted = processes.every(({ counts }) => counts !== null);
  return isCounted
    ? table
    : `${table}\n${paint.yellow('The runs cannot be counted: Temporal does not answer the API.')}`;
}

function countText(counts: ProcessResource['counts'], status: RunStatus): string {
  return counts === null ? '?' : String(counts[status]);
}

/** One process: its steps, its input with an example, and its decisions. */
export function processText(
  process: ProcessResource,
  { paint, tail }: { paint: Paint; tail: string },
): string {
  const { name, title, description, graph, inputSchema, example, counts } = process;
  const decisions = Object.entries(process.decisions).flatMap(([decision, { title: asks, schema }]) => [
    '',
    `${paint.bold('Decision')} ${plainLine(decision)}  ${paint.dim(plainLine(asks))}`,
    ...indent(schemaText(schema, paint)),
  ]);
  return [
    `${paint.bold(plainLine(name))}  ${plainLine(title)}`,
    ...(description.trim() === '' ? [] : [paint.dim(plainLine(description.trim()))]),
    ...countsLine(counts, paint),
    '',
    paint.bold('Steps'),
    ...indent(graphText(graph, paint)),
    '',
    paint.bold('Input'),
    ...indent(schemaText(inputSchema, paint)),
    ...decisions,
    '',
    paint.bold('Example'),
    ...longJson(example),
    '',
    `  baton start ${shellWord(name)} --example${tail}`,
  ].join('\n');
}

function countsLine(counts: ProcessResource['counts'], paint: Paint): readonly string[] {
  const texts = runStatuses.flatMap((status) => {
    const count = counts?.[status] ?? 0;
    const { icon, colour } = statusStyle(status, paint);
    return count === 0 ? [] : [colour(`${icon} ${count} ${status}`)];
  });
  return texts.length === 0 ? [] : [texts.join('  ')];
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
