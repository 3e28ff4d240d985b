import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';

import { batonMain } from '../support/part.ts';
import { readDocument, tableRows } from './markdown.ts';

const manual = await readDocument('docs/reference/commands.md');
const readme = await readDocument('README.md');
/** Those that ask no API. */
const local = ['dev', 'serve', 'api', 'worker', 'deliver', 'generate', 'doctor'];
let commands: readonly string[];

beforeAll(async () => {
  const text = await help();
  commands = ['Run Baton', 'Work with runs', 'Work with events'].flatMap((group) => namesIn(text, group));
});

describe('the reference of the commands', () => {
  it('has a section for every command, and for no other', () => {
    const sections = [...manual.matchAll(/^## (`baton .*)$/gm)].flatMap(([, title = '']) => ownersOf(title));
    expect(sections.sort()).toEqual([...commands].sort());
  });

  it('has every option of every command, and none that there is not', async () => {
    const wanted = new Set<string>();
    for (const command of commands) {
      for (const option of namesIn(await help(command), 'Options')) wanted.add(`${command} ${option}`);
    }
    const listed = tableRows(manual, 'option').flatMap((row) => {
      const option = /--[a-z-]+/.exec(row['option'] ?? '')?.[0] ?? '';
      return ownersOf(row['of'] ?? '').map((command) => `${command} ${option}`);
    });
    expect(listed.sort()).toEqual([...wanted].sort());
  });

  it('is told of by the README, which names all of them', () => {
    const part = (readme.split('\n## Commands\n')[1] ?? '').split('\n## ')[0] ?? '';
    const named = [...part.matchAll(/`(?:baton )?([a-z-]+)[ `]/g)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining([...commands]));
  });
});

/** The commands that a cell names: one or several by name, all of them, or all that ask the API. */
function ownersOf(cell: string): readonly string[] {
  if (cell.includes('each command')) return commands;
  if (cell.includes('asks the API')) return commands.filter((command) => !local.includes(command));
  return [...cell.matchAll(/`(?:baton )?([a-z-]+)`/g)].map(([, name = '']) => name);
}

async function help(command?: string): Promise<string> {
  const args = command === undefined ? ['--help'] : [command, '--help'];
  return (await execa(process.execPath, ['--import', 'tsx', batonMain, ...args])).stdout;
}

/** What a part of a help text lists: commands, or options by their long name. */
function namesIn(text: string, part: string): readonly string[] {
  const lines = (text.split(`\n${part}:\n`)[1] ?? '').split('\n\n')[0] ?? '';
  return [...lines.matchAll(/^ {2}(?:-\w, )?([a-z-]+)/gm)].map(([, name = '']) => name);
}
