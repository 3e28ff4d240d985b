import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config.ts';
import { codeOf, readDocument, tableRows } from './markdown.ts';

const manual = await readDocument('docs/reference/configuration.md');
const source = await readDocument('src/config.ts');

/** Name and, where it has one, the default of each variable that the manual lists. */
const documented = new Map(
  tableRows(manual, 'variable').map((row) => [codeOf(row['variable']) ?? '', codeOf(row['default'])]),
);
/** The variables that the schema of the environment has, and whether each has a default. */
const read = new Map(
  [...source.matchAll(/^ {2}([A-Z][A-Z_]+): (.+),$/gm)].map(([, name = '', schema = '']) => [
    name,
    schema.includes('.default('),
  ]),
);

describe('the reference of the configuration', () => {
  it("has every variable of Baton's own, and none that is not read", () => {
    const own = [...documented.keys()].filter((name) => !name.startsWith('TEMPORAL_'));
    expect([...own, 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'].sort()).toEqual([...read.keys()].sort());
    expect(documented.has('TEMPORAL_ADDRESS')).toBe(true);
  });

  it.each([...read])('tells whether %s has a default, and which', (name, hasDefault) => {
    const given = documented.get(name) ?? null;
    expect(given !== null).toBe(hasDefault);
    if (given !== null) expect(readConfig({ [name]: given })).toEqual(readConfig({}));
  });

  it("has every variable that Temporal's environment configuration reads, and no other", async () => {
    const known = await temporalVariables();
    const listed = [...documented.keys()].filter((name) => name.startsWith('TEMPORAL_'));
    expect(listed.sort()).toEqual([...known].sort());
  });
});

async function temporalVariables(): Promise<ReadonlySet<string>> {
  const folder = dirname(fileURLToPath(import.meta.resolve('@temporalio/envconfig')));
  const names = new Set<string>();
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.js')) continue;
    const text = await readFile(join(folder, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/'(TEMPORAL_[A-Z_]+)'/g)) {
      names.add(name.endsWith('_') ? `${name}*` : name);
    }
  }
  return names;
}
