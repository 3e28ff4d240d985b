import { describe, expect, it } from 'vitest';

import { stepOfKey, toIdempotencyKey } from '../../src/core/idempotency-key.ts';

describe('an idempotency key', () => {
  it.each(['pay', 'pay/fee#2', 'undo:pay', '100 %', 'größe', '東京'])(
    'is visible ASCII, and tells the step %j that it was made for',
    (step) => {
      const key = toIdempotencyKey('01a212f4-b602', step);
      expect(key).toMatch(/^[!-~]+$/);
      expect(stepOfKey(key)).toBe(step);
    },
  );

  it.each([undefined, 7, 'no-step', 'a/%'])('that is none, such as %j, tells no step', (key) => {
    expect(stepOfKey(key)).toBeNull();
  });
});
