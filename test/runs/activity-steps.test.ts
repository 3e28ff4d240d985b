import { describe, expect, it } from 'vitest';

import { ActivitySteps } from '../../src/runs/activity-steps.ts';
import { type Step, StepList } from '../../src/runs/step-list.ts';
import type { HistoryEvent, PendingActivity } from '../../src/runs/temporal-types.ts';
import { at, completed, failed, history, scheduled, start, started, time } from './events.ts';

const now = start + 60_000;
const [isScheduled, isStarted, isPaused] = [1, 2, 4];

function fold(events: readonly HistoryEvent[], pending: readonly unknown[] = []): Step[] {
  const steps = new StepList();
  const activities = new ActivitySteps(steps);
  for (const event of events) activities.take(event, at(Number(event.eventId)));
  activities.takePending(pending as readonly PendingActivity[], now);
  return steps.all();
}

const lastFailure = { message: 'down', applicationFailureInfo: { type: 'call-failed' } };
const error = { code: 'call-failed', message: 'down' };

describe('a pending call', () => {
  it.each([
    [
      'has not been taken by a worker',
      { state: isScheduled, attempt: 1 },
      { status: 'scheduled', attempt: 0 },
    ],
    ['runs', { state: isStarted, attempt: 1 }, { status: 'running', attempt: 1, error: null }],
    ['runs again', { state: isStarted, attempt: 3, lastFailure }, { status: 'running', attempt: 3, error }],
    [
      'waits for its next attempt',
      { state: isScheduled, attempt: 3, lastFailure, nextAttemptScheduleTime: time(90) },
      { status: 'waiting', attempt: 2, nextAttemptAt: at(90), error },
    ],
    [
      'is due and waits for a worker',
      { state: isScheduled, attempt: 3, lastFailure, nextAttemptScheduleTime: time(30) },
      { status: 'scheduled', attempt: 2, nextAttemptAt: null, error },
    ],
    ['was paused', { state: isPaused, attempt: 2, lastFailure }, { status: 'paused', attempt: 1, error }],
  ])('%s', (_case, pending, step) => {
    const [view] = fold(history(scheduled('charge')), [{ activityId: 'charge', ...pending }]);
    expect(view).toMatchObject(step);
  });

  it('that has just ended is shown as ended', () => {
    const events = history(scheduled('charge'), started(1), completed(1));
    const pending = [{ activityId: 'charge', state: isStarted, attempt: 1 }];
    expect(fold(events, pending)).toMatchObject([{ status: 'completed', closedAt: at(3), attempt: 1 }]);
  });

  it('that the description does not know yet has just been scheduled', () => {
    expect(fold(history(scheduled('charge')))).toMatchObject([{ status: 'scheduled', attempt: 0 }]);
  });
});

describe('a call that is tried again after a hold', () => {
  const held = [scheduled('charge'), started(1, 5), failed(1, 'down')];

  it('is one step, whose attempts add up', () => {
    const events = history(...held, scheduled('charge'), started(4, 2), completed(4));
    expect(fold(events)).toMatchObject([
      { status: 'completed', attempt: 7, startedAt: at(1), closedAt: at(6), error: null },
    ]);
  });

  it('keeps its last error until it succeeds', () => {
    const pending = [{ activityId: 'charge', state: isStarted, attempt: 1 }];
    expect(fold(history(...held, scheduled('charge')), pending)).toMatchObject([
      { status: 'running', attempt: 6, closedAt: null, error },
    ]);
  });
});

it('names a call that Temporal numbered by its type', () => {
  expect(fold(history(scheduled('7', 'payment.charge')))).toMatchObject([
    { name: 'payment.charge#7', service: 'payment', operation: 'charge' },
  ]);
});
