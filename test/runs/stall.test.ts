import { describe, expect, it } from 'vitest';

import { findStall, type StallEvidence, WorkflowTaskFailures } from '../../src/runs/stall.ts';
import type { Description } from '../../src/runs/temporal-types.ts';
import { type Attributes, history, ids, start, time } from './events.ts';

const [isScheduled, isStarted] = [1, 2];

function find(
  evidence: Partial<Omit<StallEvidence, 'description'>> & { task?: object; activities?: readonly object[] },
): ReturnType<typeof findStall> {
  const { task, activities, ...rest } = evidence;
  const description = {
    workflowExecutionInfo: { taskQueue: 'orders' },
    pendingWorkflowTask: task,
    pendingActivities: activities,
  } as unknown as Description;
  return findStall({ description, failure: null, taskQueuePollers: 1, now: start + 60_000, ...rest });
}

describe('findStall', () => {
  it.each([
    ['no task waits', {}],
    [
      'a task was put into the queue just now',
      { task: { state: isScheduled, attempt: 1, scheduledTime: time(55) } },
    ],
    ['a worker has the task', { task: { state: isStarted, attempt: 1, scheduledTime: time(0) } }],
    ['a call waits for its next attempt', { activities: [{ state: isScheduled, scheduledTime: time(90) }] }],
    ['a worker makes the call', { activities: [{ state: isStarted, scheduledTime: time(0) }] }],
    ['it is not known whether there is a worker', { taskQueuePollers: null }],
  ])('finds none when %s', (_case, evidence) => {
    expect(find(evidence)).toBeNull();
  });

  it('says which queue lacks a worker and how to start one', () => {
    const stall = find({ taskQueuePollers: 0, failure: 'a bug' });
    expect(stall).toEqual({
      reason: 'no-worker',
      message:
        'No worker asks for work on the task queue "orders". Start one: BATON_TASK_QUEUE=orders baton worker. The run then goes on by itself.',
    });
  });

  it.each([
    ['a task of the run', { task: { state: isScheduled, attempt: 1, scheduledTime: time(48) } }],
    ['a call', { activities: [{ state: isStarted }, { state: isScheduled, scheduledTime: time(48) }] }],
  ])('notices that no worker takes %s, before Temporal does', (_case, evidence) => {
    const stall = find(evidence);
    expect(stall?.reason).toBe('no-worker');
    expect(stall?.message).toMatch(/for 12 s/);
  });

  it.each([
    [
      'with its message',
      { failure: 'total of undefined', task: { attempt: 4 } },
      'attempt 4): total of undefined',
    ],
    ['that leaves no message', { task: { attempt: 2 } }, 'attempt 2): the worker did not answer in time'],
  ])('shows a bug in the process %s', (_case, evidence, message) => {
    const stall = find(evidence);
    expect(stall?.reason).toBe('workflow-task-failing');
    expect(stall?.message).toContain(message);
  });
});

describe('WorkflowTaskFailures', () => {
  const failure = { message: 'a bug' };
  const [unhandledCommand, workerFailed, reset] = [1, 14, 20];

  function remember(...events: readonly Attributes[]): string | null {
    const failures = new WorkflowTaskFailures();
    for (const event of history(...events)) failures.take(event, '');
    return failures.message;
  }

  function failed(cause: number): Attributes {
    return { workflowTaskFailedEventAttributes: { ...ids({ cause }), failure } };
  }

  it('remembers the last failure until a task is completed', () => {
    expect(remember(failed(workerFailed))).toBe('a bug');
    expect(remember(failed(workerFailed), { workflowTaskCompletedEventAttributes: {} })).toBeNull();
  });

  it.each([
    ['a reset', reset],
    ['news that came in meanwhile', unhandledCommand],
  ])('does not take %s for a failure', (_case, cause) => {
    expect(remember(failed(cause))).toBeNull();
  });

  it('counts a worker that did not answer, but not one that is gone and replaced', () => {
    const timedOut = (timeoutType: number): Attributes => ({
      workflowTaskTimedOutEventAttributes: ids({ timeoutType }),
    });
    expect(remember(timedOut(1))).toBe('the worker did not answer in time');
    expect(remember(timedOut(2))).toBeNull();
  });
});
