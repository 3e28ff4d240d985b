import { readdir, readFile } from 'node:fs/promises';

/** @returns the text of a file; `null` when there is no such file */
export async function readTextIfThere(path: string): Promise<string | null> {
  return ifThere(() => readFile(path, 'utf8'));
}

/** @returns the names in a folder, sorted; `null` when there is no such folder */
export async function listFilesIfThere(path: string): Promise<readonly string[] | null> {
  return ifThere(async () => (await readdir(path)).sort());
}

async function ifThere<Found>(read: () => Promise<Found>): Promise<Found | null> {
  try {
    return await read();
  } catch (error) {
    const codes: unknown[] = ['ENOENT', 'ENOTDIR', 'EISDIR'];
    if (error instanceof Error && 'code' in error && codes.includes(error.code)) return null;
    throw error;
  }
}
