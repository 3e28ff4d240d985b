import { describe, expect, it } from 'vitest';

import { alignColumns, cell, tableText } from '../../../src/cli/render/columns.ts';

const loud = (text: string): string => `<${text}>`;

describe('columns', () => {
  it('are as wide as their widest cell, whatever its colours, and end without blanks', () => {
    expect(
      alignColumns([
        [cell('a', loud), cell('b'), cell('')],
        [cell('✔ long'), cell('c'), cell('d')],
      ]),
    ).toEqual(['<a>       b', '✔ long  c  d']);
  });

  it('are left out of a table when no row has anything in them', () => {
    const rows = [[cell('1'), cell(''), cell('x')]];
    expect(tableText(['ID', 'KEY', 'STATUS'], rows, loud)).toBe('<ID>  <STATUS>\n1   x');
  });
});
