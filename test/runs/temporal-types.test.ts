import { describe, expect, it } from 'vitest';

import { toIso, toMilliseconds, toNumber, type WholeNumber } from '../../src/runs/temporal-types.ts';

/** As protobuf.js decodes 64 bits, by its `Long`. */
const long = { high: 0, low: 7, unsigned: false, valueOf: () => 7 } as unknown as WholeNumber;

describe('numbers of 64 bits', () => {
  it.each([
    ['an object', long, 7],
    ['a number', 7, 7],
    ['a text', '7', 7],
    ['nothing', null, 0],
    ['nothing at all', undefined, 0],
  ])('are read from %s', (_case, value, number) => {
    expect(toNumber(value)).toBe(number);
  });
});

describe('times', () => {
  it('are milliseconds with their fraction, and zero where there is none', () => {
    expect(toMilliseconds({ seconds: long, nanos: 1_500_000 })).toBe(7_001.5);
    expect(toMilliseconds({ seconds: long })).toBe(7_000);
    expect(toMilliseconds(null)).toBe(0);
  });

  it('are written in UTC, to the millisecond', () => {
    expect(toIso(1_500.9)).toBe('1970-01-01T00:00:01.500Z');
  });
});
