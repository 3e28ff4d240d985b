import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';

import { batonMain } from '../support/part.ts';
import { codeOf, readDocument, tableRows } from './markdown.ts';

const manual = await readDocument('docs/reference/commands.md');
const readme = await readDocument('README.md');
let commands: readonly string[];

beforeAll(async () => {
  commands = namesIn(await help(), 'Commands').filter((name) => name !== 'help');
});

describe('the reference of the commands', () => {
  it('has a section for every command, and for no other', () => {
    const sections = [...manual.matchAll(/^## `baton (\S+)`$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual([...commands].sort());
  });

  it('has every option of every command, and none that there is not', async () => {
    const wanted = new Set<string>();
    for (const command of commands) {
      for (const option of namesIn(await help(command), 'Options')) wanted.add(`${command} ${option}`);
    }
    const listed = tableRows(manual, 'option').flatMap((row) => {
      const option = /--[a-z-]+/.exec(row['option'] ?? '')?.[0] ?? '';
      const isOfAll = /every command|each command/.test(row['of'] ?? '');
      const owners = isOfAll ? commands : [(codeOf(row['of']) ?? '').replace(/^baton /, '')];
      return owners.map((command) => `${command} ${option}`);
    });
    expect(listed.sort()).toEqual([...wanted].sort());
  });

  it('is told of by the README, which names all of them', () => {
    const row = readme.split('\n').find((line) => line.includes('--help'));
    const named = [...(row ?? '').matchAll(/`([a-z]+)`/g)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining([...commands]));
  });
});

async function help(command?: string): Promise<string> {
  const args = command === undefined ? ['--help'] : [command, '--help'];
  return (await execa(process.execPath, ['--import', 'tsx', batonMain, ...args])).stdout;
}

/** What a part of a help text lists: commands, or options by their long name. */
function namesIn(text: string, part: string): readonly string[] {
  const lines = (text.split(`\n${part}:\n`)[1] ?? '').split('\n\n')[0] ?? '';
  return [...lines.matchAll(/^ {2}(?:-\w, )?([a-z-]+)/gm)].map(([, name = '']) => name);
}
