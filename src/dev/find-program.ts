import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The environment, as a part that looks for programs takes it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Looks a program up as a shell does.
 *
 * @returns its absolute path; `null` when it is in no folder of the PATH
 */
export async function findProgram(name: string, env: Environment): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder !== '' && (await isExecutable(path))) return path;
  }
  return null;
}

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
