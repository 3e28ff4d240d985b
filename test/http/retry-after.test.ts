import { describe, expect, it } from 'vitest';

import { parseRetryAfter } from '../../src/http/retry-after.ts';

const now = Date.parse('2030-01-01T00:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Tue, 01 Jan 2030 00:00:30 GMT', 30_000],
    ['Mon, 31 Dec 2029 23:59:00 GMT', 0],
    ['soon', undefined],
    ['soon 2030', undefined],
    ['1.5', undefined],
    ['-5', undefined],
    ['2030-01-01', undefined],
    ['Tue, 99 Jan 2030 00:00:30 GMT', undefined],
    [undefined, undefined],
  ])('%j is %j ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
