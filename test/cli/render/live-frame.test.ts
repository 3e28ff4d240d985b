import { describe, expect, it } from 'vitest';

import { drawFrame, drawLast } from '../../../src/cli/render/live-frame.ts';

const size = { columns: 80, rows: 8 };
const lines = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const up = (rows: number): string => `\u001b[${rows}A\r\u001b[J`;

describe('a picture that is drawn anew', () => {
  it('begins below what is there, and takes its own place later', () => {
    const first = drawFrame(null, ['a', 'b'], size);
    expect(first).toEqual({ height: 2, text: '\u001b[?7la\nb\n\u001b[?7h' });
    expect(drawFrame(first, ['c'], size).text).toBe(`${up(2)}\u001b[?7lc\n\u001b[?7h`);
  });

  it('keeps head and end where it is higher than the terminal', () => {
    const { height, text } = drawFrame(null, lines(20), size);
    expect(height).toBe(7);
    expect(text.split('\n').slice(1, 7)).toEqual([
      'line 2',
      '⋮ 14 lines',
      'line 17',
      'line 18',
      'line 19',
      'line 20',
    ]);
  });

  it('is whole at last', () => {
    expect(drawLast(drawFrame(null, lines(20), size), lines(20))).toBe(`${up(7)}${lines(20).join('\n')}\n`);
    expect(drawLast(null, ['a'])).toBe('a\n');
  });
});
