import { describe, expect, it } from 'vitest';

import type { Json } from '../../src/core/json.ts';
import { DecisionSteps } from '../../src/runs/decision-steps.ts';
import { ListenSteps } from '../../src/runs/listen-steps.ts';
import { LocalActivitySteps } from '../../src/runs/local-activity-steps.ts';
import { type Step, StepList } from '../../src/runs/step-list.ts';
import type { HistoryEvent } from '../../src/runs/temporal-types.ts';
import { TimerSteps } from '../../src/runs/timer-steps.ts';
import { at, type Attributes, event, history, payloads, start, summary } from './events.ts';

function fold(events: readonly HistoryEvent[]): Step[] {
  const list = new StepList();
  const localActivities = new LocalActivitySteps(list);
  const timers = new TimerSteps(list, {
    decisions: new DecisionSteps(list),
    listens: new ListenSteps(list),
    localActivities,
  });
  for (const event of events)
    for (const part of [localActivities, timers]) part.take(event, at(Number(event.eventId)));
  return list.all();
}

/** @param times scheduled by the worker's clock, completed by the run's own time; in seconds */
function marker(
  times: { scheduled: number; completed: number },
  more: Record<string, Json> = {},
): Attributes {
  const data = {
    activity_id: '3',
    activity_type: 'inventory.check',
    attempt: 1,
    original_schedule_time: { seconds: start / 1_000 + times.scheduled, nanos: 0 },
    complete_time: { seconds: start / 1_000 + times.completed, nanos: 0 },
    backoff: null,
    ...more,
  };
  const details = { data: payloads(data) };
  return { markerRecordedEventAttributes: { markerName: 'core_local_activity', details } };
}

function failing(attributes: Attributes, failure: object): Attributes {
  const marked = attributes.markerRecordedEventAttributes;
  return { ...attributes, markerRecordedEventAttributes: { ...marked, failure } };
}

const taskStarted: Attributes = { workflowTaskStartedEventAttributes: {} };

describe('a local activity', () => {
  it('is named by its summary, or else by its type', () => {
    const check = marker({ scheduled: 1, completed: 2 });
    expect(fold(history({ ...check, ...summary('check stock') }))).toMatchObject([{ name: 'check stock' }]);
    expect(fold(history(check))).toMatchObject([{ name: 'inventory.check#3' }]);
  });

  it('takes as long as it took by the time of the run, from when the worker began it', () => {
    const events = [
      event(1, taskStarted),
      event(90, { ...marker({ scheduled: 5, completed: 3 }), ...summary('first') }),
      event(91, { ...marker({ scheduled: 9, completed: 7 }), ...summary('second') }),
    ];
    expect(fold(events)).toMatchObject([
      { name: 'first', startedAt: at(5), closedAt: at(7) },
      { name: 'second', startedAt: at(9), closedAt: at(13) },
    ]);
  });

  it.each([
    ['failed', { message: 'x', applicationFailureInfo: { type: 'call-failed' } }],
    ['timed-out', { message: 'x', timeoutFailureInfo: { timeoutType: 1 } }],
    ['cancelled', { message: 'x', canceledFailureInfo: {} }],
  ])('may have %s', (status, failure) => {
    expect(fold(history(failing(marker({ scheduled: 1, completed: 2 }), failure)))).toMatchObject([
      { status },
    ]);
  });

  it('is one step with its later attempts, and its pause is none', () => {
    const failure = { message: 'down', applicationFailureInfo: { type: 'call-failed' } };
    const name = summary('check');
    const first = failing(
      marker({ scheduled: 2, completed: 2 }, { attempt: 3, backoff: { seconds: 120, nanos: 0 } }),
      failure,
    );
    const timer = { timerStartedEventAttributes: { timerId: '1' } };
    const waiting = history(taskStarted, { ...first, ...name }, timer);
    expect(fold(waiting)).toMatchObject([
      { name: 'check', status: 'waiting', attempt: 3, nextAttemptAt: at(123), error: { message: 'down' } },
    ]);
    const ended = [
      event(123, { timerFiredEventAttributes: { timerId: '1' } }),
      event(124, taskStarted),
      event(126, { ...marker({ scheduled: 2, completed: 125 }, { attempt: 4 }), ...name }),
    ];
    expect(fold([...waiting, ...ended])).toMatchObject([
      { status: 'completed', attempt: 4, closedAt: at(125), nextAttemptAt: null, error: null },
    ]);
  });

  it('ignores markers of other kinds, and what it cannot read', () => {
    const patch = { markerRecordedEventAttributes: { markerName: 'core_patch' } };
    const odd = { markerRecordedEventAttributes: { markerName: 'core_local_activity', details: {} } };
    expect(fold(history(patch, odd))).toEqual([]);
  });
});
