import { findResetPoint } from '../../src/runs/reset-point.ts';
import { readRun } from '../../src/temporal/read-run.ts';
import { resetRun } from '../../src/temporal/reset-run.ts';
import {
  beginByTool,
  byTool,
  hasStarted,
  isBetweenAttempts,
  isPaused,
  isPending,
  isWaiting,
  type Recording,
  untilEvent,
  untilFailed,
  untilPending,
} from './recording.ts';

/** Runs that Baton did not start, or that were touched by Temporal's own tools; by name. */
export const toolRecordings: Readonly<Record<string, Recording>> = {
  'letting-go': {},
  ordinary: {
    act: async (run) => {
      await run.executeUpdate('rename', { args: ['x'] });
      await run.executeUpdate('resize', { args: [2] }).catch(() => undefined);
      await untilEvent(run, 'signalExternalWorkflowExecutionFailedEventAttributes');
      await run.signal('nudge', 'a test');
    },
  },
  'begun-by-a-signal': {
    begin: ({ client, taskQueue }) =>
      client.workflow.signalWithStart('nudged', {
        ...{ taskQueue, workflowId: 'begun-by-a-signal', signal: 'nudge', signalArgs: ['first'] },
      }),
  },
  reset: {
    ...{ workflow: 'failedOnce', input: 86_400_000 },
    act: async (run, { client }) => {
      await untilFailed(run);
      const { history, description } = await readRun(client, run.workflowId);
      const eventId = findResetPoint(history)?.eventId;
      if (!eventId) throw new Error('it has not failed');
      await resetRun(client, {
        ...{ workflowId: run.workflowId, requestId: 'a-reset', reason: 'retried: ship' },
        runId: description.workflowExecutionInfo?.execution?.runId ?? '',
        eventId,
      });
    },
  },
  'reset-by-tool': {
    ...{ workflow: 'failedOnce', input: 86_400_000 },
    act: async (run, means) => {
      await untilFailed(run);
      await byTool(['workflow', 'reset'], '--type', 'FirstWorkflowTask', '--reason', 'once more')(run, means);
    },
    // The update that told the decision comes too early now, and is refused.
    until: isWaiting,
  },
  'reset-while-it-runs': {
    workflow: 'slow',
    act: async (run, means) => {
      await untilEvent(run, 'timerStartedEventAttributes');
      await byTool(['workflow', 'reset'], '--type', 'FirstWorkflowTask', '--reason', 'once more')(run, means);
    },
    until: ({ history }) =>
      history.some((event) => event.timerStartedEventAttributes) &&
      history.some((event) => event.workflowTaskFailedEventAttributes),
  },
  'started-by-tool': {
    begin: beginByTool('started-by-tool', 'completed', '--input', '{"orderId": "o-7"}'),
  },
  'started-by-tool-later': {
    begin: beginByTool(
      'started-by-tool-later',
      'completed',
      '--start-delay',
      '1h',
      '--input',
      '1',
      '--input',
      '2',
    ),
    until: () => true,
  },
  'signalled-by-tool': {
    begin: beginByTool('signalled-by-tool', 'nudged', '--static-summary', 'Waits for a nudge'),
    act: byTool(['workflow', 'signal'], '--name', 'nudge', '--input', '"the tool"'),
  },
  'cancelled-by-tool': {
    workflow: 'cancelled',
    act: async (run, means) => {
      await untilEvent(run, 'activityTaskCompletedEventAttributes');
      await byTool(['workflow', 'cancel'])(run, means);
    },
  },
  'terminated-by-tool': {
    workflow: 'busy',
    act: async (run, means) => {
      await untilEvent(run, 'timerStartedEventAttributes');
      await byTool(['workflow', 'terminate'], '--reason', 'ordered twice')(run, means);
    },
  },
  'activity-paused': {
    workflow: 'retrying',
    act: async (run, means) => {
      await untilPending(run, isBetweenAttempts);
      await byTool(['activity', 'pause'], '--activity-id', 'charge', '--identity', 'ada')(run, means);
    },
    until: isPaused,
  },
  'activity-unpaused': {
    workflow: 'retrying',
    act: async (run, means) => {
      await untilPending(run, isBetweenAttempts);
      await byTool(['activity', 'pause'], '--activity-id', 'charge')(run, means);
      await untilPending(run, isPaused);
      await byTool(['activity', 'unpause'], '--activity-id', 'charge')(run, means);
    },
    until: isPending(({ state, attempt }) => Number(state) === 1 && attempt === 3),
  },
  'activity-paused-at-work': {
    workflow: 'cancelled',
    act: async (run, means) => {
      await untilPending(run, hasStarted);
      await untilEvent(run, 'activityTaskCompletedEventAttributes');
      await untilPending(run, hasStarted);
      await byTool(['activity', 'pause'], '--activity-id', 'ship')(run, means);
    },
    until: isPaused,
  },
  'activity-reset': {
    workflow: 'retrying',
    act: async (run, means) => {
      await untilPending(run, isBetweenAttempts);
      await byTool(['activity', 'reset'], '--activity-id', 'charge')(run, means);
    },
    until: isPending(
      ({ state, attempt, lastAttemptCompleteTime }) =>
        Number(state) === 1 && attempt === 2 && Boolean(lastAttemptCompleteTime),
    ),
  },
  'activity-completed-by-tool': {
    workflow: 'retrying',
    act: async (run, means) => {
      await untilPending(run, isBetweenAttempts);
      await byTool(['activity', 'complete'], '--activity-id', 'charge', '--result', '"by hand"')(run, means);
    },
  },
  'activity-failed-by-tool': {
    workflow: 'cancelled',
    act: async (run, means) => {
      await untilEvent(run, 'activityTaskCompletedEventAttributes');
      await untilPending(run, hasStarted);
      await byTool(['activity', 'fail'], '--activity-id', 'ship', '--reason', 'by hand')(run, means);
    },
  },
};
