import type { WorkflowHandle, WorkflowStartOptions } from '@temporalio/client';

import type { HistoryEvent } from '../../src/temporal/read-history.ts';
import type { RunRecord } from '../../src/temporal/read-run.ts';

/** One run to record. */
export interface Recording {
  readonly workflow?: string;
  readonly input?: unknown;
  readonly options?: Partial<WorkflowStartOptions>;
  /** What is done to the run once it has started. */
  readonly act?: (run: WorkflowHandle) => Promise<unknown>;
  /** When it is recorded; left out: when it has ended. */
  readonly until?: (record: RunRecord) => boolean;
}

const has =
  (attributes: keyof HistoryEvent) =>
  ({ history }: RunRecord): boolean =>
    history.some((event) => event[attributes]);

const isPending =
  (test: (activity: NonNullable<RunRecord['description']['pendingActivities']>[number]) => boolean) =>
  ({ description }: RunRecord): boolean =>
    description.pendingActivities?.some(test) === true;

const hasStarted = isPending(({ state }) => Number(state) === 2);

const isWaiting = has('upsertWorkflowSearchAttributesEventAttributes');

/** Sends an update as soon as the run waits for it. */
const update =
  (name: string, argument: unknown) =>
  async (run: WorkflowHandle): Promise<unknown> => {
    await untilEvent(run, 'upsertWorkflowSearchAttributesEventAttributes');
    return run.executeUpdate(name, { args: [argument] });
  };

async function untilEvent(run: WorkflowHandle, attributes: keyof HistoryEvent): Promise<void> {
  for (;;) {
    const { events } = await run.fetchHistory();
    if (events?.some((event) => event[attributes]) === true) return;
  }
}

/** By name; the workflow is named so too, in camel case, where no other is given. */
export const recordings: Readonly<Record<string, Recording>> = {
  completed: { input: { orderId: 'o-1' } },
  retrying: { until: isPending(({ state, attempt }) => Number(state) === 1 && attempt === 2) },
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
};
