import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Begins a log anew; what it held so far is kept once, as `<name>.before`. */
export function rotateLog(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    renameSync(path, `${path}.before`);
  } catch {
    // There was none.
  }
  closeSync(openSync(path, 'a'));
}

/** How much of the end of a log is read, in bytes: more than a screen, however large the file is. */
const tailBytes = 16_384;

/**
 * The last lines of a log, for whoever asks why a program failed.
 *
 * @returns the empty string when there is no log
 */
export async function tailOfLog(path: string, lines = 20): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, start);
    return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-lines).join('\n');
  } finally {
    await file.close();
  }
}
