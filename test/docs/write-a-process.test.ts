import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { generateTypes } from '../../src/project/generate-types.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { codeBlocks, readDocument, repository } from './markdown.ts';

/** What a block of the guide is named after is the file that it goes into. */
const files = codeBlocks(await readDocument('docs/guides/write-a-process.md')).filter(
  ({ name }) => name !== '',
);
let folder: string;
let project: string;

// As the guide has it: the project's folder beside the clone.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-guide-'));
  project = join(folder, 'trips');
  for (const { name, text } of files) await write(name, text);
  await write('package.json', JSON.stringify({ name: 'trips', type: 'module' }));
  await write('generated/baton.ts', await generateTypes(await loadProject(project, {})));
  await mkdir(join(project, 'test/histories'), { recursive: true });
  await mkdir(join(project, 'node_modules/@temporalio'), { recursive: true });
  await mkdir(join(project, 'node_modules/@types'), { recursive: true });
  await symlink(repository, join(folder, 'baton'));
  await symlink(repository, join(project, 'node_modules/baton'));
  for (const name of ['vitest', 'typescript', '@temporalio/worker', '@types/node'])
    await symlink(join(repository, 'node_modules', name), join(project, 'node_modules', name));
});

afterAll(() => rm(folder, { recursive: true }));

describe('the project of the guide', () => {
  it('has everything that a project needs, and a service', async () => {
    const { catalogue, processes } = await loadProject(project, {});
    expect(Object.keys(processes)).toEqual(['trip']);
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(
        Object.values(catalogue).flatMap(({ openapi, dev }) => [openapi, dev?.command[1]]),
      ),
    );
  });

  it('compiles with the settings that the guide gives', async () => {
    // Baton's own sources stand in for what a build gives, and they need the types of Node.
    const command = ['typescript/bin/tsc', '--customConditions', 'baton-source', '--types', 'node'];
    const { stdout } = await inProject(command);
    expect(stdout).toBe('');
  });

  it('does not compile when an operation is misspelt', async () => {
    const process = files.find(({ name }) => name === 'processes/trip.ts')?.text ?? '';
    await write('processes/trip.ts', process.replace("'bookings.book'", "'bookings.bok'"));
    const { stdout } = await inProject([
      'typescript/bin/tsc',
      '--customConditions',
      'baton-source',
      '--types',
      'node',
    ]);
    await write('processes/trip.ts', process);
    expect(stdout).toContain('bookings.bok');
  });

  it('passes its own tests', async () => {
    const { exitCode, stdout } = await inProject(['vitest/vitest.mjs', 'run', '--reporter', 'json']);
    const { numPassedTests, numTotalTests } = JSON.parse(stdout) as Record<string, number>;
    expect(exitCode).toBe(0);
    expect(numPassedTests).toBeGreaterThan(1);
    expect(numPassedTests).toBe(numTotalTests);
  });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), text);
}

/** Runs a program of `node_modules` in the project. */
async function inProject([program = '', ...args]: readonly string[]): Promise<{
  readonly exitCode: number | undefined;
  readonly stdout: string;
}> {
  const command = [join(project, 'node_modules', program), ...args];
  const { exitCode, stdout } = await execa(process.execPath, command, { cwd: project, reject: false });
  return { exitCode, stdout };
}
