import { expect, it } from 'vitest';

import { shellWord } from '../../src/core/shell-word.ts';

it.each([
  ['order-1', 'order-1'],
  ['undo:authorise payment', "'undo:authorise payment'"],
  ['$(rm)', "'$(rm)'"],
  ["it's", String.raw`'it'\''s'`],
  ['', "''"],
])('%j is the word %s of a shell', (text, word) => {
  expect(shellWord(text)).toBe(word);
});
