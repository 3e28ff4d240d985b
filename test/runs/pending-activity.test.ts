import { describe, expect, it } from 'vitest';

import { isAtWork, isBetweenAttempts, isPaused } from '../../src/runs/pending-activity.ts';
import type { PendingActivity } from '../../src/runs/temporal-types.ts';
import { start, time } from './events.ts';

const now = start + 60_000;
const [later, before] = [time(90), time(30)];

describe('a pending call', () => {
  it.each([
    { what: 'lies in its queue', is: { state: 1 }, atWork: false, between: false, paused: false },
    {
      ...{ what: 'waits for its next attempt', is: { state: 1, nextAttemptScheduleTime: later } },
      ...{ atWork: false, between: true, paused: false },
    },
    {
      ...{ what: 'is due', is: { state: 1, nextAttemptScheduleTime: before } },
      ...{ atWork: false, between: false, paused: false },
    },
    {
      ...{ what: 'runs', is: { state: 2, nextAttemptScheduleTime: later } },
      ...{ atWork: true, between: false, paused: false },
    },
    { what: 'is being cancelled', is: { state: 3 }, atWork: true, between: false, paused: false },
    { what: 'is paused', is: { state: 4 }, atWork: false, between: true, paused: true },
    { what: 'runs and will be paused', is: { state: 5 }, atWork: true, between: false, paused: false },
  ])('that $what', ({ is, atWork, between, paused }) => {
    const pending = is as unknown as PendingActivity;
    expect(isAtWork(pending)).toBe(atWork);
    expect(isBetweenAttempts(pending, now)).toBe(between);
    expect(isPaused(pending)).toBe(paused);
  });
});
