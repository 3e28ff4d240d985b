import type { RunResource } from '../../core/run-resource.ts';
import { shellWord } from '../../core/shell-word.ts';
import { isOpen } from '../../runs/run-status.ts';
import { wayOn } from '../../runs/way-on.ts';

/** Commands that make sense for a run as it stands, with what each does. */
export interface NextCommand {
  readonly command: string;
  readonly does: string;
}

/** @param tail options that every command needs, to reach the same API */
export function nextCommands(run: RunResource, tail: string): readonly NextCommand[] {
  const id = shellWord(run.id);
  const commands = [
    ...decisionsOf(run).map((name) => [
      `signal ${id} ${shellWord(name)} --data '…'`,
      `decide "${name}"; its fields: baton processes ${shellWord(run.process)}${tail}`,
    ]),
    ...(run.status === 'stuck' ? stuckCommands(run, id) : []),
    ...(run.status === 'paused' ? [[`resume ${id}`, 'let it go on']] : []),
    ...(wayOn(run) === 'retry' ? [[`retry ${id}`, 'let it go on from the step that failed']] : []),
    ...(wayOn(run) === 'start-anew' ? [anew(run.id)] : []),
    isOpen(run.status) ? [`show ${id} --watch`, 'follow it'] : [`show ${id}`, 'its steps'],
  ];
  return commands.map((command) => toCommand(command, tail));
}

/** What is left to do about a run that can go on in no way. */
export function startAnewCommand(id: string, tail: string): NextCommand {
  return toCommand(anew(id), tail);
}

function anew(id: string): readonly string[] {
  return [`start --from ${shellWord(id)}`, 'start it anew with the same input and business key'];
}

function toCommand([command = '', does = '']: readonly string[], tail: string): NextCommand {
  return { command: `baton ${command}${tail}`, does };
}

function decisionsOf({ steps }: RunResource): readonly string[] {
  return steps
    .filter(({ kind, status }) => kind === 'decision' && status === 'waiting')
    .map(({ name }) => name);
}

/** An undo cannot be undone. */
function stuckCommands({ steps }: RunResource, id: string): string[][] {
  const isHeld = steps.some(({ status, undoes }) => status === 'stuck' && undoes === null);
  return [
    [`retry ${id}`, 'try what is stuck again'],
    ...(isHeld ? [[`undo ${id}`, 'take back what was done']] : []),
    [`give-up ${id}`, 'leave what is stuck as it is'],
  ];
}
