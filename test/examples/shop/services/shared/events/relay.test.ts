import { describe, expect, test } from 'vitest';

import { delayAfter } from '../../../../../../examples/shop/services/shared/events/relay.ts';

describe('the relay, while the log is away', () => {
  test.each([
    [1, 0, 50],
    [1, 1, 100],
    [2, 1, 200],
    [5, 1, 1_600],
    [100, 0, 2_500],
    [100, 1, 5_000],
  ])('waits after %i failures and with the random number %d for %i ms', (failures, random, delay) => {
    expect(delayAfter(failures, random)).toBe(delay);
  });
});
