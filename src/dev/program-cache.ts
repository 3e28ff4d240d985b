import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { type Environment, isExecutable } from './find-program.ts';

/** Where programs are kept for all clones: the user's cache folder. */
export function defaultCacheDir(env: Environment): string {
  const caches = env['XDG_CACHE_HOME'] ?? '';
  return join(caches === '' ? join(homedir(), '.cache') : caches, 'baton');
}

/** A program in the cache, in a folder of its own. */
export interface CachedProgram {
  readonly cacheDir: string;
  /** Name and version; another version is another program. The machine's kind is added to it. */
  readonly key: string;
  /** File name of the executable in its folder. */
  readonly executable: string;
}

/** The folder of a program. A home folder may be shared by machines of two kinds, so its name tells them apart. */
export function programFolder(program: CachedProgram): string {
  return join(program.cacheDir, program.key, `${process.platform}-${process.arch}`);
}

/** @returns the absolute path of the executable; `null` when it is not in the cache */
export async function cachedProgram(program: CachedProgram): Promise<string | null> {
  const path = join(programFolder(program), program.executable);
  return (await isExecutable(path)) ? path : null;
}

/**
 * Puts a program into the cache. Other starts see all of it or nothing, also when this one is killed; of two that
 * install at once, one wins and both go on with what it installed.
 *
 * @param install fills the folder it is given, which then has the executable
 * @returns the absolute path of the executable
 */
export async function installProgram(
  program: CachedProgram,
  install: (folder: string) => Promise<void>,
): Promise<string> {
  const unfinished = join(program.cacheDir, 'unfinished');
  await mkdir(unfinished, { recursive: true });
  await removeAbandoned(unfinished);
  const work = await mkdtemp(join(unfinished, 'install-'));
  try {
    // What is installed may be run by another account.
    await chmod(work, 0o755);
    await install(work);
    if (!(await isExecutable(join(work, program.executable)))) {
      throw new Error(`the installation gave no ${program.executable}`);
    }
    await moveInto(work, program);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return join(programFolder(program), program.executable);
}

async function moveInto(work: string, program: CachedProgram): Promise<void> {
  const folder = programFolder(program);
  await mkdir(join(folder, '..'), { recursive: true });
  try {
    await rename(work, folder);
  } catch (error) {
    if ((await cachedProgram(program)) !== null) return;
    // A folder without its executable is of no use to anybody.
    await rm(folder, { recursive: true, force: true });
    await rename(work, folder).catch(async () => {
      if ((await cachedProgram(program)) === null) throw error;
    });
  }
}

/** What a killed installation left; a day is longer than any takes. */
async function removeAbandoned(unfinished: string): Promise<void> {
  const yesterday = Date.now() - 24 * 3_600_000;
  for (const name of await readdir(unfinished)) {
    const folder = join(unfinished, name);
    const facts = await stat(folder).catch(() => null);
    if (facts !== null && facts.mtimeMs < yesterday) await rm(folder, { recursive: true, force: true });
  }
}
