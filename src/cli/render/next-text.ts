import type { RunResource } from '../../core/run-resource.ts';
import { alignColumns, cell } from './columns.ts';
import { nextCommands } from './next-commands.ts';
import type { Paint } from './paint.ts';

/** What a person who looks at the run may do with it, where it waits for one or did not do what it should. */
export function nextText(
  run: RunResource,
  { paint, tail }: { paint: Paint; tail: string },
): readonly string[] {
  // The last one is how to look at it.
  const commands = nextCommands(run, tail).slice(0, -1);
  if (commands.length === 0) return [];
  const rows = commands.map(({ command, does }) => [cell(`  ${command}`), cell(`# ${does}`, paint.dim)]);
  return ['', ...alignColumns(rows)];
}
