import { expect, test } from 'vitest';

import { fingerprintOf } from '../../../../../examples/shop/services/shared/idempotency.ts';

test.each([
  [{ a: 1, b: { c: 2, d: [1, 2] } }, { b: { d: [1, 2], c: 2 }, a: 1 }, true],
  [{ a: 1 }, { a: 2 }, false],
  [{ a: 1 }, { a: '1' }, false],
  [{ a: [1, 2] }, { a: [2, 1] }, false],
  [{ a: { b: 1 } }, { b: { a: 1 } }, false],
  [{ a: undefined }, {}, true],
])('%j and %j are the same request: %s', (one, other, isSame) => {
  expect(fingerprintOf(one).equals(fingerprintOf(other))).toBe(isSame);
});
