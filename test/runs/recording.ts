import type { Client, WorkflowHandle, WorkflowStartOptions } from '@temporalio/client';

import type { HistoryEvent } from '../../src/temporal/read-history.ts';
import type { RunRecord } from '../../src/temporal/read-run.ts';

/** Temporal's own command line, with these arguments. */
export type Tool = (...args: readonly string[]) => Promise<void>;

interface Means {
  readonly client: Client;
  readonly tool: Tool;
}

/** One run to record. */
export interface Recording {
  readonly workflow?: string;
  readonly input?: unknown;
  readonly options?: Partial<WorkflowStartOptions>;
  /** Starts the run, with its name as id; left out: as Baton's API does. */
  readonly begin?: (means: Means & { readonly taskQueue: string }) => Promise<unknown>;
  /** What is done to the run once it has started. */
  readonly act?: (run: WorkflowHandle, means: Means) => Promise<unknown>;
  /** When it is recorded; left out: when it has ended. */
  readonly until?: (record: RunRecord) => boolean;
}

export const has =
  (attributes: keyof HistoryEvent) =>
  ({ history }: RunRecord): boolean =>
    history.some((event) => event[attributes]);

export const isPending =
  (test: (activity: NonNullable<RunRecord['description']['pendingActivities']>[number]) => boolean) =>
  ({ description }: RunRecord): boolean =>
    description.pendingActivities?.some(test) === true;

export const isPaused = isPending(({ state }) => Number(state) === 4);

export const hasStarted = isPending(({ state }) => Number(state) === 2);

export const isWaiting = has('upsertWorkflowSearchAttributesEventAttributes');

/** Sends an update as soon as the run waits for it. */
export const update =
  (name: string, argument: unknown) =>
  async (run: WorkflowHandle): Promise<unknown> => {
    await untilEvent(run, 'upsertWorkflowSearchAttributesEventAttributes');
    return run.executeUpdate(name, { args: [argument] });
  };

export async function untilEvent(run: WorkflowHandle, attributes: keyof HistoryEvent): Promise<void> {
  for (;;) {
    const { events } = await run.fetchHistory();
    if (events?.some((event) => event[attributes]) === true) return;
  }
}

/** Starts a run by Temporal's own command line, which knows nothing of Baton. */
export const beginByTool =
  (id: string, workflow: string, ...more: readonly string[]): NonNullable<Recording['begin']> =>
  ({ tool, taskQueue }) =>
    tool('workflow', 'start', '--workflow-id', id, '--type', workflow, '--task-queue', taskQueue, ...more);

/** Does something to a run by Temporal's own command line. */
export const byTool =
  (words: readonly [string, string], ...more: readonly string[]): NonNullable<Recording['act']> =>
  ({ workflowId }, { tool }) =>
    tool(...words, '--workflow-id', workflowId, ...more);

/** Waits until a pending call is so. */
export async function untilPending(run: WorkflowHandle, test: ReturnType<typeof isPending>): Promise<void> {
  for (;;) {
    const { raw } = await run.describe();
    if (test({ description: raw, history: [], taskQueuePollers: null })) return;
  }
}

export const isBetweenAttempts = isPending(({ state, attempt }) => Number(state) === 1 && attempt === 2);

/** Lets a run fail, after it was told a decision. */
export async function untilFailed(run: WorkflowHandle): Promise<void> {
  await update('approval', { approved: true })(run);
  await run.result().catch(() => undefined);
}
