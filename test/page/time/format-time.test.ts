import { describe, expect, it } from 'vitest';

import { countdownText, durationText } from '../../../src/core/duration-text.ts';
import { formatAge, formatOrdinal, formatTime } from '../../../src/page/time/format-time.ts';
import { fromLocalTime, toLocalTime } from '../../../src/page/time/local-time.ts';

/** In the time zone of whoever runs the tests. */
const now = new Date(2026, 2, 12, 14, 3, 9);
const iso = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString();

describe('times', () => {
  it.each([
    [iso(2026, 2, 12, 9, 5), '09:05:00'],
    [iso(2026, 2, 11, 9, 5), '11 Mar 09:05'],
    [iso(2025, 2, 12, 9, 5), '12 Mar 2025'],
  ])('%s', (time, text) => {
    expect(formatTime(time, now.getTime())).toBe(text);
  });

  it('have milliseconds where they are wanted, on the day itself', () => {
    const [today, before] = [new Date(2026, 2, 12, 9, 5, 7, 40), new Date(2026, 2, 11, 9, 5, 7, 40)];
    const precise = (at: Date): string => formatTime(at.toISOString(), now.getTime(), { isPrecise: true });
    expect([precise(today), precise(before)]).toEqual(['09:05:07.040', '11 Mar 09:05']);
  });

  it.each([
    [-5, '0 ms'],
    [850.4, '850 ms'],
    [999.6, '1.0 s'],
    [3_240, '3.2 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [59_499, '59 s'],
    [59_600, '1 min 00 s'],
    [65_000, '1 min 05 s'],
    [3_600_000, '1 h 00 min'],
    [86_399_000, '23 h 59 min'],
    [100 * 3_600_000, '4 d 4 h'],
  ])('%s ms are %s', (length, text) => {
    expect(durationText(length)).toBe(text);
  });

  it.each([
    [-1, 'now'],
    [0, 'now'],
    [1, 'in 1 s'],
    [3_999, 'in 4 s'],
    [12_000, 'in 12 s'],
    [125_000, 'in 2 min 05 s'],
  ])('%s ms ahead is %s', (ahead, text) => {
    expect(countdownText(new Date(now.getTime() + ahead).toISOString(), now.getTime())).toBe(text);
  });

  it.each([
    [-5_000, '0 s ago'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [7_200_000, '2 h ago'],
    [200_000_000, '2 d ago'],
  ])('%s ms old is %s', (age, text) => {
    expect(formatAge(new Date(now.getTime() - age).toISOString(), now.getTime())).toBe(text);
  });

  it('are counted as English does', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 111].map(formatOrdinal).join(' ')).toBe(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 111th',
    );
  });

  it('go into a field and come out again', () => {
    const time = '2026-03-12T10:00:01Z';
    expect(fromLocalTime(toLocalTime(time))).toBe(time);
    expect([toLocalTime('never'), fromLocalTime('')]).toEqual(['', '']);
  });
});
