import { expect, test } from 'vitest';

import { fromPointer, toPointer } from '../../src/services/json-pointer.ts';

test.each([
  { path: [], pointer: '' },
  { path: ['lines', 0, 'sku'], pointer: '/lines/0/sku' },
  { path: ['a/b', 'c~d', '~1'], pointer: '/a~1b/c~0d/~01' },
  { path: [''], pointer: '/' },
])('the way $path is written "$pointer", and read back', ({ path, pointer }) => {
  expect(toPointer(path)).toBe(pointer);
  expect(fromPointer(pointer)).toEqual(path.map(String));
});
