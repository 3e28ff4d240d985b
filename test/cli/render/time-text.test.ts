import { beforeAll, describe, expect, it, vi } from 'vitest';

import { countdownText, durationText } from '../../../src/core/duration-text.ts';
import { spanText, timeText } from '../../../src/cli/render/time-text.ts';
import { at, now } from './sample-run.ts';

beforeAll(() => {
  vi.stubEnv('TZ', 'UTC');
});

describe('times', () => {
  it.each([
    ['2026-01-31T03:04:05Z', '03:04:05'],
    ['2026-01-30T03:04:05Z', '30 Jan 03:04'],
    ['2025-12-31T03:04:05Z', '31 Dec 2025 03:04'],
  ])('%s is %s', (iso, text) => {
    expect(timeText(iso, now)).toBe(text);
  });

  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [3_240, '3.2 s'],
    [59_400, '59 s'],
    [65_000, '1 min 05 s'],
    [7_380_000, '2 h 03 min'],
    [280_000_000, '3 d 5 h'],
    [-5, '0 ms'],
  ])('%i ms are %s', (length, text) => {
    expect(durationText(length)).toBe(text);
  });

  it('count down to what is ahead, and up from what goes on', () => {
    expect([at(34.2), at(45), at(30), at(2)].map((iso) => countdownText(iso, now))).toEqual([
      'in 5 s',
      'in 15 s',
      'now',
      'now',
    ]);
    expect([at(29.5), at(25.1), at(0), at(31)].map((iso) => spanText(iso, null, now))).toEqual([
      '500 ms',
      '4 s',
      '30 s',
      '0 ms',
    ]);
    expect(spanText(at(0), at(4.9), now)).toBe('4.9 s');
  });
});
