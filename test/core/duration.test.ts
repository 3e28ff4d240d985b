import { describe, expect, it } from 'vitest';

import { isDuration, toMilliseconds } from '../../src/core/duration.ts';

describe('a duration', () => {
  it.each([
    ['500 ms', 500],
    ['30s', 30_000],
    ['1.5 min', 90_000],
    ['24 h', 86_400_000],
    ['2 days', 172_800_000],
    [1_500, 1_500],
    ['0 ms', 0],
  ])('%j is %d ms', (text, expected) => {
    expect(toMilliseconds(text)).toBe(expected);
  });

  it.each([
    '',
    '20',
    ' 1.5 ',
    'x'.repeat(101),
    'soon',
    '5 fortnights',
    '-1 s',
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('%j is none', (text) => {
    expect(() => toMilliseconds(text)).toThrow(RangeError);
    expect(isDuration(text)).toBe(false);
  });
});
