import { searchAttributes } from '../core/attributes.ts';
import type { RunStatus } from '../core/run-state.ts';

/** Which runs are wanted. */
export interface RunFilter {
  readonly taskQueue: string;
  readonly process?: string | undefined;
  /** One, or any of several. */
  readonly status?: RunStatus | readonly RunStatus[] | undefined;
  readonly businessKey?: string | undefined;
  /** ISO 8601. */
  readonly startedAfter?: string | undefined;
}

/** A run that goes on under a new execution is one run: the executions before count as nothing. */
const notSucceeded = "ExecutionStatus != 'ContinuedAsNew'";

const running = "ExecutionStatus = 'Running'";

const statusConditions: Readonly<Record<RunStatus, string>> = {
  running: `${running} AND ${searchAttributes.status} IS NULL`,
  paused: `${running} AND ${searchAttributes.status} = 'paused'`,
  stuck: `${running} AND ${searchAttributes.status} = 'stuck'`,
  completed: "ExecutionStatus = 'Completed'",
  failed: "ExecutionStatus = 'Failed'",
  cancelled: "ExecutionStatus = 'Canceled'",
  terminated: "ExecutionStatus = 'Terminated'",
  'timed-out': "ExecutionStatus = 'TimedOut'",
};

/** Writes the list filter of Temporal (https://docs.temporal.io/list-filter) for the runs that are wanted. */
export function toRunQuery(filter: RunFilter): string {
  const conditions = [`TaskQueue = ${quote(filter.taskQueue)}`];
  if (filter.process !== undefined) conditions.push(`WorkflowType = ${quote(filter.process)}`);
  conditions.push(statusCondition(filter.status));
  if (filter.businessKey !== undefined) {
    conditions.push(`${searchAttributes.businessKey} = ${quote(filter.businessKey)}`);
  }
  if (filter.startedAfter !== undefined) {
    conditions.push(startCondition(quote(new Date(filter.startedAfter).toISOString())));
  }
  return conditions.join(' AND ');
}

function statusCondition(status: RunFilter['status']): string {
  if (status === undefined) return notSucceeded;
  if (typeof status === 'string') return statusConditions[status];
  return `(${status.map((one) => `(${statusConditions[one]})`).join(' OR ')})`;
}

/** Of a run that was reset, the first start counts. */
function startCondition(time: string): string {
  const { startedAt } = searchAttributes;
  return `(${startedAt} > ${time} OR (${startedAt} IS NULL AND StartTime > ${time}))`;
}

/** A string of the list filter's language; nothing in it can end it early. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
