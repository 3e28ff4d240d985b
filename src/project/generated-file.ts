import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { generateTypes } from './generate-types.ts';
import type { Project } from './project.ts';
import { readTextIfThere } from './read-text.ts';

/** The generated types, relative to the project. They are checked in. */
const generatedPath = 'generated/baton.ts';

/**
 * Writes the generated types of a project.
 *
 * @returns the absolute path of the file
 */
export async function writeGenerated(project: Project): Promise<string> {
  const path = join(project.dir, generatedPath);
  const text = await generateTypes(project);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

/**
 * Tells whether the generated types are what the project would give now.
 *
 * @returns `null` when they are, else what differs, as a person should read it
 */
export async function checkGenerated(project: Project): Promise<string | null> {
  const found = await readTextIfThere(join(project.dir, generatedPath));
  if (found === null) return `${generatedPath} is missing; run \`baton generate\``;
  const line = firstDifference(found.split(/\r?\n/), (await generateTypes(project)).split('\n'));
  return line === null
    ? null
    : `${generatedPath} is out of date from line ${line} on; run \`baton generate\``;
}

/** @returns the number of the first line that differs, from 1; `null` when none does */
function firstDifference(found: readonly string[], wanted: readonly string[]): number | null {
  const length = Math.max(found.length, wanted.length);
  for (let index = 0; index < length; index++) {
    if (found[index] !== wanted[index]) return index + 1;
  }
  return null;
}
