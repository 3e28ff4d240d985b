import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { BatonError } from '../../src/core/errors.ts';
import { bundleProcesses } from '../../src/workers/process-bundle.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-bundle-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundle(source: string): Promise<unknown> {
  const module = join(folder, 'process.ts');
  await writeFile(module, source);
  const processes = [{ name: 'process', module, exportName: 'run' }];
  return bundleProcesses({ processes, settings: {}, buildDir: join(folder, 'build') });
}

describe('a process of a project with a package of its own', () => {
  it('finds the steps without listing or installing them', async () => {
    await writeFile(join(folder, 'package.json'), '{ "name": "team", "type": "module" }');
    const source = "import { call } from 'baton/workflows'; export const run = () => call('stock.reserve');";
    await expect(bundle(source)).resolves.toHaveProperty('code');
  });
});

describe('a process that cannot be bundled', () => {
  it.each([
    ['does not compile', 'export function run( {', /process\.ts/],
    [
      'imports a module of Node',
      "import { readFileSync } from 'node:fs'; export const run = () => readFileSync('x');",
      /process\.ts imports node:fs: the workflow sandbox has no modules of Node/,
    ],
    ['imports what is not there', "import { a } from './nowhere.ts'; export const run = () => a;", /nowhere/],
  ])('because it %s is refused with the reason', async (_, source, reason) => {
    const error = await bundle(source).then(
      () => Promise.reject(new Error('it was bundled')),
      (thrown: unknown) => thrown as BatonError,
    );
    expect(error.code).toBe('invalid-request');
    const said = error.faults.map(({ message }) => message).join('\n');
    expect(said).toMatch(reason);
    expect(said).not.toMatch(/backtrace|<unknown>/);
  });
});
