import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import {
  cachedProgram,
  defaultCacheDir,
  installProgram,
  programFolder,
} from '../../src/dev/program-cache.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

function program(): { cacheDir: string; key: string; executable: string } {
  return { cacheDir: temporaryFolder(), key: 'tool/v1', executable: 'tool' };
}

async function writeTool(folder: string, text: string): Promise<void> {
  await writeFile(join(folder, 'tool'), text);
  await chmod(join(folder, 'tool'), 0o755);
}

it('finds what was installed', async () => {
  const tool = program();
  expect(await cachedProgram(tool)).toBeNull();
  const path = await installProgram(tool, async (folder) => writeTool(folder, 'one'));
  expect(await cachedProgram(tool)).toBe(path);
  expect(await cachedProgram({ ...tool, key: 'tool/v2' })).toBeNull();
});

it('lets two install at once and gives both the whole of one', async () => {
  const tool = program();
  let waiting = 0;
  const install = (text: string) => async (folder: string) => {
    await writeTool(folder, text);
    waiting += 1;
    await until(() => waiting === 2);
  };
  const [first, second] = await Promise.all([
    installProgram(tool, install('one')),
    installProgram(tool, install('two')),
  ]);
  expect(first).toBe(second);
  expect(['one', 'two']).toContain(await readFile(first, 'utf8'));
  expect(await readdir(join(tool.cacheDir, 'unfinished'))).toEqual([]);
});

it('keeps nothing of an installation that failed', async () => {
  const tool = program();
  const failing = installProgram(tool, async (folder) => {
    await writeTool(folder, 'half');
    throw new Error('the line broke');
  });
  await expect(failing).rejects.toThrow('the line broke');
  expect(await cachedProgram(tool)).toBeNull();
  expect(await readdir(join(tool.cacheDir, 'unfinished'))).toEqual([]);
});

it('refuses an installation without the executable', async () => {
  const empty = installProgram(program(), async () => Promise.resolve());
  await expect(empty).rejects.toThrow('the installation gave no tool');
});

it('replaces a folder whose executable is gone', async () => {
  const tool = program();
  await mkdir(programFolder(tool), { recursive: true });
  await writeFile(join(programFolder(tool), 'readme'), 'left over');
  const path = await installProgram(tool, async (folder) => writeTool(folder, 'one'));
  expect(await readdir(programFolder(tool))).toEqual(['tool']);
  expect(await cachedProgram(tool)).toBe(path);
});

it('sweeps up what was killed yesterday, and nothing that may still be at work', async () => {
  const tool = program();
  const [killed, atWork] = ['install-killed', 'install-at-work'].map((name) =>
    join(tool.cacheDir, 'unfinished', name),
  );
  if (killed === undefined || atWork === undefined) throw new Error('two folders');
  await mkdir(killed, { recursive: true });
  await mkdir(atWork, { recursive: true });
  const longAgo = new Date(Date.now() - 48 * 3_600_000);
  await utimes(killed, longAgo, longAgo);
  await installProgram(tool, async (folder) => writeTool(folder, 'one'));
  expect(existsSync(killed)).toBe(false);
  expect(existsSync(atWork)).toBe(true);
});

it('is in the cache folder of the user', () => {
  expect(defaultCacheDir({ XDG_CACHE_HOME: '/caches' })).toBe('/caches/baton');
  expect(defaultCacheDir({ XDG_CACHE_HOME: '' })).toMatch(/\.cache\/baton$/);
});
