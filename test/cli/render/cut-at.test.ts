import { describe, expect, it } from 'vitest';

import { cutAt } from '../../../src/cli/render/cut-at.ts';

describe('a text that is too long for its columns', () => {
  it.each([
    ['東京', 4, '東京'],
    ['東京', 3, '東…'],
    ['東京', 2, '…'],
    ['a👩‍👩‍👧b', 4, 'a👩‍👩‍👧b'],
    ['a👩‍👩‍👧bc', 4, 'a👩‍👩‍👧…'],
    ['a👩‍👩‍👧bc', 3, 'a…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['abc', 0, ''],
  ])('%j is cut at %i columns between two characters, never inside one', (text, columns, cut) => {
    expect(cutAt(text, columns)).toBe(cut);
  });
});
