import { hasStarted, isBetweenAttempts, isWaiting, type Recording, untilEvent, update } from './recording.ts';
import { toolRecordings } from './tool-recordings.ts';

/** By name; the workflow is named so too, in camel case, where no other is given. */
export const recordings: Readonly<Record<string, Recording>> = {
  completed: { input: { orderId: 'o-1' } },
  retrying: { until: isBetweenAttempts },
  busy: { until: hasStarted },
  'retried-and-completed': {},
  failed: {},
  exhausted: {},
  undone: {},
  cancelled: {
    act: async (run) => {
      await untilEvent(run, 'activityTaskCompletedEventAttributes');
      await run.cancel();
    },
  },
  terminated: {
    workflow: 'busy',
    act: async (run) => {
      await untilEvent(run, 'timerStartedEventAttributes');
      await run.terminate('ordered twice');
    },
  },
  'timed-out': { workflow: 'slow', options: { workflowRunTimeout: '1 s' } },
  'quick-calls': {},
  'quick-call-refused': {},
  timers: {},
  'decision-awaited': { workflow: 'decision', input: 86_400_000, until: isWaiting },
  'decision-taken': { workflow: 'decision', input: 86_400_000, act: update('approval', { approved: true }) },
  'decision-by-default': { workflow: 'decision', input: 50 },
  'decision-cancelled': {
    workflow: 'decision',
    input: 86_400_000,
    act: async (run) => {
      await untilEvent(run, 'upsertWorkflowSearchAttributesEventAttributes');
      await run.cancel();
    },
  },
  stuck: { until: isWaiting },
  'stuck-and-retried': { workflow: 'stuck', act: update('baton.steer', { action: 'retry' }) },
  'stuck-undo': { until: isWaiting },
  buggy: { until: ({ description }) => (description.pendingWorkflowTask?.attempt ?? 0) > 2 },
  again: { input: 1 },
  parent: {},
  'child-of-parent': {
    begin: ({ client, taskQueue }) =>
      // Its second child fails, and so does it.
      client.workflow.execute('parent', { taskQueue, workflowId: 'parent-of-child' }).catch(() => undefined),
  },
  ...toolRecordings,
};
