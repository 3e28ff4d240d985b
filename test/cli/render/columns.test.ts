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

  it.each([
    ['ideographs, which take two columns each', '東京-7', 6],
    ['an emoji of several code points', '👩‍👩‍👧', 2],
    ['a flag', '🇯🇵', 2],
    ['a letter with a combining mark', 'e\u0301', 1],
    ['half-width katakana', 'ｶﾞ', 2],
    ['plain letters', 'abc', 3],
  ])('are as wide as a terminal draws %s', (_what, text, width) => {
    const [line] = alignColumns([
      [cell(text), cell('|')],
      [cell('0123456789'), cell('|')],
    ]);
    expect(line).toBe(`${text}${' '.repeat(10 - width)}  |`);
  });

  it('are left out of a table when no row has anything in them', () => {
    const rows = [[cell('1'), cell(''), cell('x')]];
    expect(tableText(['ID', 'KEY', 'STATUS'], rows, loud)).toBe('<ID>  <STATUS>\n1   x');
  });
});
