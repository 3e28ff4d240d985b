import { describe, expect, it } from 'vitest';

import { plain, plainLine, shortJson } from '../../../src/cli/render/plain-text.ts';

describe('text that came from elsewhere', () => {
  it.each([
    ['a\u001b[31mb', String.raw`a\u001b[31mb`],
    ['a\r\nb\tc', 'a\nb c'],
    ['\u009b1m', String.raw`\u009b1m`],
    ['Zoë ✔ 東京', 'Zoë ✔ 東京'],
  ])('%j is shown as %j', (text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  it('is on one line where that is wanted', () => {
    expect(plainLine('a \n\n  b')).toBe('a b');
    expect(shortJson({ a: 'x\ny' }, 40)).toBe(String.raw`{"a":"x\ny"}`);
    expect(shortJson('0123456789', 6)).toBe('"0123…');
  });
});
