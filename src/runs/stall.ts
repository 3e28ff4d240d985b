import type { Stall } from '../core/run-state.ts';
import type { EventFold } from './event-fold.ts';
import { type Description, toMilliseconds, toNumber } from './temporal-types.ts';

/** How long a task may lie in its queue before that is worth a word, in milliseconds. */
const patience = 10_000;

/** Temporal's numbers for failures of a workflow task that are part of its normal working. */
const harmlessCauses = new Set([
  1, // new events came in while the task was being worked on
  13, // the worker asks for a task that is not bound to it
  17, // the server closes the task before it ends the run
  18, // as above, when a cluster takes over
  20, // the run was reset
  31, // a new update came in meanwhile
]);

const startToClose = 1;
const scheduled = 1;

/** Remembers why the present workflow task failed, if it did. */
export class WorkflowTaskFailures {
  #message: string | null = null;

  get message(): string | null {
    return this.#message;
  }

  readonly take: EventFold = (event) => {
    if (event.workflowTaskCompletedEventAttributes) this.#message = null;
    const failed = event.workflowTaskFailedEventAttributes;
    if (failed && !harmlessCauses.has(failed.cause ?? 0)) {
      this.#message = failed.failure?.message ?? 'the worker failed';
    }
    if (toNumber(event.workflowTaskTimedOutEventAttributes?.timeoutType) === startToClose) {
      this.#message = 'the worker did not answer in time';
    }
  };
}

/** What a stall is found from. */
export interface StallEvidence {
  readonly description: Description;
  /** Why the present workflow task failed; `null` when it did not. */
  readonly failure: string | null;
  /** Workers that ask the run's queue for work; `null` = not known. */
  readonly taskQueuePollers: number | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Why an open run does not move; `null` when it does, or only waits for a person or a timer. */
export function findStall(evidence: StallEvidence): Stall | null {
  const { description, failure, taskQueuePollers } = evidence;
  const queue = description.workflowExecutionInfo?.taskQueue ?? description.executionConfig?.taskQueue?.name;
  if (taskQueuePollers === 0) {
    return noWorker(`No worker asks for work on the task queue "${queue ?? ''}".`, queue);
  }
  const attempt = description.pendingWorkflowTask?.attempt ?? 1;
  if (failure !== null || attempt > 1) {
    const message = `The process's code fails (attempt ${attempt}): ${failure ?? 'the worker did not answer in time'}. Mend the code and restart the workers; the run then goes on by itself.`;
    return { reason: 'workflow-task-failing', message };
  }
  const idle = waitsForWorker(evidence);
  if (idle < patience) return null;
  const seconds = Math.round(idle / 1_000);
  return noWorker(`No worker has taken the next task of the run for ${seconds} s.`, queue);
}

function noWorker(finding: string, queue: string | null | undefined): Stall {
  const message = `${finding} Start one: BATON_TASK_QUEUE=${queue ?? ''} baton worker. The run then goes on by itself.`;
  return { reason: 'no-worker', message };
}

/**
 * A task that lies in its queue tells of a missing worker long before Temporal forgets the worker.
 *
 * @returns milliseconds that a task has waited for a worker
 */
function waitsForWorker({ description, now }: StallEvidence): number {
  const task = description.pendingWorkflowTask;
  const waiting = [
    ...(toNumber(task?.state) === scheduled ? [task?.scheduledTime] : []),
    ...(description.pendingActivities ?? [])
      .filter(({ state }) => toNumber(state) === scheduled)
      .map(({ scheduledTime }) => scheduledTime),
  ];
  return Math.max(0, ...waiting.filter(Boolean).map((time) => now - toMilliseconds(time)));
}
