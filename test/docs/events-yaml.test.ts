import { describe, expect, it } from 'vitest';

import { eventsSchema } from '../../src/project/events-schema.ts';
import { parseEvents } from '../../src/project/parse-events.ts';
import { codeBlocks, codeOf, readDocument, tableRows } from './markdown.ts';
import { schemaFields } from './schema-fields.ts';

const manual = await readDocument('docs/reference/events-yaml.md');
const rows = tableRows(manual, 'field');
/** Those that are named so are whole files. */
const examples = codeBlocks(manual).filter(({ name }) => name === 'events.yaml');

describe('the reference of events.yaml', () => {
  it('has every field of the schema, and none that there is not', () => {
    const known = schemaFields(eventsSchema).map(({ path }) => path);
    expect(rows.map((row) => codeOf(row['field'])).sort()).toEqual(known.sort());
  });

  it('says of those fields that they are needed which are', () => {
    const needed = rows.filter((row) => row['default'] === 'needed').map((row) => codeOf(row['field']));
    const known = schemaFields(eventsSchema).filter(({ isNeeded }) => isNeeded);
    expect(needed.sort()).toEqual(known.map(({ path }) => path).sort());
  });

  it('shows an example', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)('shows an example that is taken: $text', ({ text }) => {
    expect(parseEvents(text, { services: ['inventory'], processes: ['ship-order'] }).faults).toEqual([]);
  });
});
