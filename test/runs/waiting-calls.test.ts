import { describe, expect, it } from 'vitest';

import { waitingCalls } from '../../src/runs/waiting-calls.ts';
import type { HistoryEvent, PendingActivity } from '../../src/runs/temporal-types.ts';
import { at, history, scheduled, summary, time } from './events.ts';

const now = Date.parse(at(10));

/** Temporal's numbers (`temporal.api.enums.v1.PendingActivityState`). */
const state = { scheduled: 1, started: 2, cancelRequested: 3, paused: 4, pauseRequested: 5 };

const pending = (activityId: string, more: object): PendingActivity => ({
  activityId,
  activityType: { name: 'payment.charge' },
  ...more,
});

const waits = { state: state.scheduled, nextAttemptScheduleTime: time(20) };

describe('waitingCalls', () => {
  it.each<[string, readonly PendingActivity[], readonly string[]]>([
    ['whose next attempt is yet to come', [pending('charge', waits)], ['charge']],
    ['of which there are several', [pending('charge', waits), pending('ship', waits)], ['charge', 'ship']],
    ['that is held, though it is due', [pending('charge', { state: state.paused })], ['charge']],
    ['but not one that is due', [pending('charge', { ...waits, nextAttemptScheduleTime: time(10) })], []],
    ['but not one that no one has tried', [pending('charge', { state: state.scheduled })], []],
    ['but not one at work', [pending('charge', { ...waits, state: state.started })], []],
    [
      'but not one that is being cancelled',
      [pending('charge', { ...waits, state: state.cancelRequested })],
      [],
    ],
    [
      'but not one whose attempt is to be the last',
      [pending('charge', { ...waits, state: state.pauseRequested })],
      [],
    ],
    ['none, where nothing is pending', [], []],
  ])('finds a call %s', (_, pendingActivities, steps) => {
    const events = history(scheduled('charge'), scheduled('ship'));
    expect(waitingCalls({ pendingActivities: [...pendingActivities] }, events, now)).toEqual(
      steps.map((step) => ({ step, activityId: step })),
    );
  });

  it.each<[string, readonly HistoryEvent[], string]>([
    [
      'as its event is summed up and by its number, where Temporal numbered it',
      history({ ...scheduled('7'), ...summary('pay') }),
      'pay#7',
    ],
    ['by its type and number, where it has no summary', history(scheduled('7')), 'payment.charge#7'],
    [
      'as the last of those with its number',
      history({ ...scheduled('7'), ...summary('first') }, { ...scheduled('7'), ...summary('last') }),
      'last#7',
    ],
    ['by its number, where its event is not there', [], '7'],
  ])('names a call %s', (_, events, step) => {
    expect(waitingCalls({ pendingActivities: [pending('7', waits)] }, events, now)).toEqual([
      { step, activityId: '7' },
    ]);
  });

  it('finds nothing where the description tells of nothing', () => {
    expect(waitingCalls({}, [], now)).toEqual([]);
  });
});
