import { describe, expect, it } from 'vitest';

import type { Json } from '../../src/core/json.ts';
import { ActivitySteps } from '../../src/runs/activity-steps.ts';
import { DecisionSteps } from '../../src/runs/decision-steps.ts';
import { ListenSteps } from '../../src/runs/listen-steps.ts';
import { LocalActivitySteps } from '../../src/runs/local-activity-steps.ts';
import { type Step, StepList } from '../../src/runs/step-list.ts';
import { TimerSteps } from '../../src/runs/timer-steps.ts';
import { at, type Attributes, history, ids, payloads, scheduled, start, summary } from './events.ts';

function fold(...events: readonly Attributes[]): Step[] {
  const list = new StepList();
  const localActivities = new LocalActivitySteps(list);
  const listens = new ListenSteps(list);
  const timers = new TimerSteps(list, { decisions: new DecisionSteps(list), listens, localActivities });
  const parts = [new ActivitySteps(list), localActivities, listens, timers];
  for (const event of history(...events)) {
    for (const part of parts) part.take(event, at(Number(event.eventId)));
  }
  return list.all();
}

/** The log was looked at within the workflow task. */
function looked(name: string, result: Json, type = 'baton.listen'): Attributes {
  const time = { seconds: start / 1_000, nanos: 0 };
  const data = { id: '1', activity_type: type, activity_id: '1', attempt: 1, complete_time: time };
  return {
    ...summary(name),
    markerRecordedEventAttributes: {
      markerName: 'core_local_activity',
      details: { data: payloads(data), result: payloads(result) },
    },
  };
}

function lookedInVain(name: string): Attributes {
  const { markerRecordedEventAttributes: marker, ...rest } = looked(name, null);
  const failure = { message: 'away', applicationFailureInfo: { type: 'database-unavailable' } };
  return { ...rest, markerRecordedEventAttributes: { ...marker, failure } };
}

function arrived(step: string, part: number): Attributes {
  return {
    workflowExecutionSignaledEventAttributes: {
      signalName: 'baton.event',
      input: payloads({ step, part, position: 1, event: { type: 'paid' } }),
    },
  };
}

const timer = (name: string, timerId: string, seconds: number): Attributes => ({
  ...summary(name),
  timerStartedEventAttributes: { timerId, startToFireTimeout: { seconds, nanos: 0 } as never },
});
const fired = (timerId: string): Attributes => ({ timerFiredEventAttributes: { timerId } });

const paid = { part: 0, type: 'paid', subject: 'A-17' };
const packed = { part: 1, type: 'packed' };
const one = { found: [], awaited: [paid], needsAll: false };
const any = { found: [], awaited: [paid, packed], needsAll: false };
const all = { found: [], awaited: [paid, packed], needsAll: true };

describe('a step that waits for events', () => {
  it('is done at once where the log has what it waits for', () => {
    const found = [{ part: 0, position: 1, event: { type: 'paid' } }];
    const [step] = fold(looked('p', { found, awaited: [], needsAll: false }));
    expect(step).toMatchObject({ kind: 'listen', name: 'p', status: 'completed', operation: null });
  });

  it('waits until its event arrives', () => {
    expect(fold(looked('p', one))).toMatchObject([
      { status: 'waiting', closedAt: null, awaits: [{ type: 'paid', subject: 'A-17' }], attempt: 1 },
    ]);
    const [step] = fold(looked('p', one), arrived('other', 0), arrived('p', 0), arrived('p', 0));
    expect(step).toMatchObject({ status: 'completed', closedAt: at(3) });
    expect(step).not.toHaveProperty('awaits');
  });

  it('is done by the first of any, and by the last of all', () => {
    expect(fold(looked('p', any), arrived('p', 1))).toMatchObject([{ status: 'completed' }]);
    expect(fold(looked('p', all), arrived('p', 1), arrived('p', 1))).toMatchObject([
      { status: 'waiting', awaits: [{ type: 'paid' }] },
    ]);
    expect(fold(looked('p', all), arrived('p', 1), arrived('p', 0))).toMatchObject([{ status: 'completed' }]);
  });

  it('waits until its deadline, whose timer is no step of its own', () => {
    expect(fold(looked('p', one), timer('p', 't', 60))).toMatchObject([{ nextAttemptAt: at(62) }]);
    expect(fold(looked('p', one), timer('p', 't', 60), fired('t'))).toMatchObject([
      { status: 'timed-out', closedAt: at(3), nextAttemptAt: null },
    ]);
    expect(fold(looked('p', one), timer('p', 't', 60), arrived('p', 0), fired('t'))).toMatchObject([
      { status: 'completed', closedAt: at(3) },
    ]);
  });

  it('is over when the run says that it waits no longer, which is no step of its own', () => {
    const unlistened = looked('p', null, 'baton.unlisten');
    expect(fold(looked('p', one), unlistened)).toMatchObject([{ status: 'cancelled' }]);
    expect(fold(looked('p', one), timer('p', 't', 60), fired('t'), unlistened)).toMatchObject([
      { status: 'timed-out' },
    ]);
  });

  it('keeps its deadline while the log is away, and begins to wait when that is back', () => {
    const away = [lookedInVain('p'), scheduled('p', 'baton.listen'), timer('p', 't', 60)];
    expect(fold(...away)).toMatchObject([{ kind: 'listen', status: 'scheduled', nextAttemptAt: at(63) }]);
    const back = {
      activityTaskCompletedEventAttributes: { ...ids({ scheduledEventId: 2 }), result: payloads(one) },
    };
    expect(fold(...away, back)).toMatchObject([
      { status: 'waiting', closedAt: null, error: null, nextAttemptAt: at(63), awaits: [{ type: 'paid' }] },
    ]);
  });

  it('leaves a timer alone that has another name', () => {
    expect(fold(looked('p', one), timer('q', 't', 60))).toMatchObject([
      { kind: 'listen' },
      { kind: 'timer' },
    ]);
  });
});

describe('a step that emits an event', () => {
  it('tells its type, from what it gave back or from what it was to do', () => {
    expect(fold(looked('tell', { type: 'told', position: 1 }, 'baton.emit'))).toMatchObject([
      { kind: 'emit', name: 'tell', service: null, operation: 'told', status: 'completed' },
    ]);
    const { activityTaskScheduledEventAttributes: attributes } = scheduled('tell', 'baton.emit');
    const input = payloads({ event: { type: 'told' } });
    expect(fold({ activityTaskScheduledEventAttributes: { ...attributes, input } })).toMatchObject([
      { kind: 'emit', name: 'tell', operation: 'told', status: 'scheduled' },
    ]);
  });
});
