import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { manifestSchema } from '../../src/project/manifest-schema.ts';
import { parseManifest } from '../../src/project/parse-manifest.ts';
import { codeBlocks, codeOf, readDocument, tableRows } from './markdown.ts';
import { schemaFields } from './schema-fields.ts';

const manual = await readDocument('docs/reference/manifest.md');
const rows = tableRows(manual, 'field');
/** Those that are named so are whole files. */
const examples = codeBlocks(manual).filter(({ name }) => name === 'manifest');

describe('the reference of the manifest', () => {
  it('has every field of the schema, and none that there is not', () => {
    const known = schemaFields(manifestSchema).map(({ path }) => path);
    expect(rows.map((row) => codeOf(row['field'])).sort()).toEqual(known.sort());
  });

  it('says of those fields that they are needed which are', () => {
    const needed = rows.filter((row) => row['default'] === 'needed').map((row) => codeOf(row['field']));
    const known = schemaFields(manifestSchema).filter(({ isNeeded }) => isNeeded);
    expect(needed.sort()).toEqual(known.map(({ path }) => path).sort());
  });

  it('shows an example', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)('shows an example that is a manifest: $text', ({ text }) => {
    const { graph } = parse(text) as { graph: readonly { operation?: string; undo?: string }[] };
    const operations = graph
      .flatMap(({ operation, undo }) => [operation, undo])
      .filter((it) => it !== undefined);
    expect(parseManifest(text, { file: 'example.manifest.yaml', operations }).faults).toEqual([]);
  });
});
