import { describe, expect, it } from 'vitest';

import { timelineOf } from '../../../src/page/timeline/timeline-model.ts';
import { step } from '../steps.ts';

const start = Date.parse('2026-03-12T10:00:00.000Z');
const after = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();
const open = { startedAt: after(0), closedAt: null };

describe('the timeline of a run', () => {
  it('places bars between start and end', () => {
    const { rows } = timelineOf(
      {
        startedAt: after(0),
        closedAt: after(10),
        steps: [step('pay', { startedAt: after(2), closedAt: after(7) })],
      },
      start + 99_000,
    );
    expect(rows).toMatchObject([{ bar: { left: 20, width: 50 }, ahead: null }]);
  });

  it('lets the bar of an open step grow to now', () => {
    const steps = [step('pay', { status: 'running', startedAt: after(5), closedAt: null })];
    expect(timelineOf({ ...open, steps }, start + 10_000).rows[0]?.bar).toEqual({ left: 50, width: 50 });
    expect(timelineOf({ ...open, steps }, start + 20_000).rows[0]?.bar).toEqual({ left: 25, width: 75 });
  });

  it('reaches ahead to the next attempt', () => {
    const waiting = { status: 'waiting', startedAt: after(0), closedAt: null } as const;
    const steps = [step('pay', { ...waiting, nextAttemptAt: after(10) })];
    expect(timelineOf({ ...open, steps }, start + 8_000).rows[0]).toMatchObject({
      bar: { left: 0, width: 80 },
      ahead: { left: 80, width: 20 },
    });
  });

  it('does not let what lies far ahead dwarf the rest', () => {
    const waiting = { status: 'waiting', startedAt: after(0), closedAt: null } as const;
    const tomorrow = after(86_400);
    const steps = [
      step('pay', { ...waiting, nextAttemptAt: tomorrow }),
      step('approval', { ...waiting, kind: 'decision', nextAttemptAt: tomorrow }),
    ];
    const { rows } = timelineOf({ ...open, steps }, start + 8_000);
    expect(rows.map(({ bar }) => bar)).toEqual([
      { left: 0, width: 100 },
      { left: 0, width: 100 },
    ]);
  });

  it('stands what a slow clock shows', () => {
    const steps = [step('pay', { status: 'running', startedAt: after(5), closedAt: null })];
    const { rows } = timelineOf({ ...open, steps }, start - 3_000);
    expect(rows[0]?.bar).toEqual({ left: 100, width: 0 });
  });

  it.each([0.05, 1, 7, 45, 600, 50_000, 2_000_000])('has a handful of ticks on %s s', (seconds) => {
    const { ticks } = timelineOf({ startedAt: after(0), closedAt: after(seconds), steps: [] }, start);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.every(({ left }) => left >= 0 && left <= 100)).toBe(true);
    expect(ticks[0]).toEqual({ left: 0, after: 0 });
  });
});
