import { describe, expect, it } from 'vitest';

import { DecisionSteps } from '../../src/runs/decision-steps.ts';
import { ListenSteps } from '../../src/runs/listen-steps.ts';
import { LocalActivitySteps } from '../../src/runs/local-activity-steps.ts';
import { type Step, StepList } from '../../src/runs/step-list.ts';
import { TimerSteps } from '../../src/runs/timer-steps.ts';
import { at, type Attributes, history, ids, summary } from './events.ts';

function fold(...events: readonly Attributes[]): Step[] {
  const list = new StepList();
  const timers = new TimerSteps(list, {
    decisions: new DecisionSteps(list),
    listens: new ListenSteps(list),
    localActivities: new LocalActivitySteps(list),
  });
  for (const event of history(...events)) timers.take(event, at(Number(event.eventId)));
  return list.all();
}

function timer(timerId: string, seconds = 60): Attributes {
  return { timerStartedEventAttributes: { timerId, startToFireTimeout: { ...ids({ seconds }), nanos: 0 } } };
}

const fired = (timerId: string): Attributes => ({ timerFiredEventAttributes: { timerId } });
const cancelled = (timerId: string): Attributes => ({ timerCanceledEventAttributes: { timerId } });

describe('a timer', () => {
  it('waits until its time', () => {
    expect(fold({ ...timer('1', 60), ...summary('cooling-off') })).toMatchObject([
      { name: 'cooling-off', kind: 'timer', status: 'waiting', attempt: 1, nextAttemptAt: at(61) },
    ]);
  });

  it.each([
    ['completed', fired('1')],
    ['cancelled', cancelled('1')],
  ])('is %s when Temporal says so', (status, end) => {
    expect(fold(timer('1'), end)).toMatchObject([{ status, closedAt: at(2), nextAttemptAt: null }]);
  });

  it('without a summary is named by its number', () => {
    expect(fold(timer('7'))).toMatchObject([{ name: 'timer#7' }]);
  });

  it('is a step of its own where another has the same summary', () => {
    const events = [{ ...timer('1'), ...summary('poll') }, { ...timer('2'), ...summary('poll') }, fired('1')];
    expect(fold(...events)).toMatchObject([
      { name: 'poll', status: 'completed' },
      { name: 'poll#2', status: 'waiting' },
    ]);
  });

  it('that was never begun ends nothing', () => {
    expect(fold(fired('1'), cancelled('2'))).toEqual([]);
  });
});

describe('a run that was told to begin later', () => {
  const startsIn = (seconds: number): Attributes => ({
    workflowExecutionStartedEventAttributes: { firstWorkflowTaskBackoff: { ...ids({ seconds }), nanos: 0 } },
  });

  it('waits for that first', () => {
    expect(fold(startsIn(3_600))).toMatchObject([
      { name: 'start delay', kind: 'timer', status: 'waiting', nextAttemptAt: at(3_601) },
    ]);
    expect(fold(startsIn(60), { workflowTaskScheduledEventAttributes: {} })).toMatchObject([
      { status: 'completed', closedAt: at(2), nextAttemptAt: null },
    ]);
  });

  it('is told from one that begins at once, and from one that only continues itself', () => {
    const continued = { ...startsIn(1).workflowExecutionStartedEventAttributes, ...ids({ initiator: 1 }) };
    expect(fold(startsIn(0), { workflowTaskScheduledEventAttributes: {} })).toEqual([]);
    expect(fold({ workflowExecutionStartedEventAttributes: continued })).toEqual([]);
  });
});
