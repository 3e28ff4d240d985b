import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';

import { memoKeys, searchAttributes, type StartEvent } from '../core/attributes.ts';
import type { RunList, RunListItem } from '../core/run-list.ts';
import type { RunStatus } from '../core/run-state.ts';
import { askTemporal } from '../temporal/ask-temporal.ts';
import { supersededExecutions } from '../temporal/superseded-executions.ts';
import { fromPageToken, toPageToken } from './page-token.ts';
import { type LinkBase, runLinks } from './run-resource.ts';

type ExecutionInfo = WorkflowExecutionInfo['raw'];

const Status = proto.temporal.api.enums.v1.WorkflowExecutionStatus;

const statuses: ReadonlyMap<number, RunStatus> = new Map([
  [Status.WORKFLOW_EXECUTION_STATUS_COMPLETED, 'completed'],
  [Status.WORKFLOW_EXECUTION_STATUS_FAILED, 'failed'],
  [Status.WORKFLOW_EXECUTION_STATUS_CANCELED, 'cancelled'],
  [Status.WORKFLOW_EXECUTION_STATUS_TERMINATED, 'terminated'],
  [Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT, 'timed-out'],
  [Status.WORKFLOW_EXECUTION_STATUS_PAUSED, 'paused'],
]);

interface PageRequest {
  readonly size: number;
  /** A former page's `nextPageToken`. */
  readonly token: string | undefined;
  readonly linkBase: LinkBase;
}

/**
 * Reads one page of Temporal's visibility: runs that are open first, each part newest first. A run appears there a moment
 * after its start. A page may be shorter than asked for: what a reset left behind is not shown.
 *
 * @throws BatonError `invalid-request` for a token of another query
 */
export async function listRuns(client: Client, query: string, page: PageRequest): Promise<RunList> {
  const { executions, nextPageToken } = await listExecutions(client, query, page);
  return { runs: executions.map((info) => toListItem(page.linkBase, info)), nextPageToken };
}

/** As {@link listRuns}, with the event that started each run. */
export async function listStartedRuns(
  client: Client,
  query: string,
  page: PageRequest,
): Promise<
  RunList & { readonly runs: readonly (RunListItem & { readonly startEvent: StartEvent | null })[] }
> {
  const { executions, nextPageToken } = await listExecutions(client, query, page);
  const runs = executions.map((info) => ({
    ...toListItem(page.linkBase, info),
    startEvent: readStartEvent(info),
  }));
  return { runs, nextPageToken };
}

async function listExecutions(
  client: Client,
  query: string,
  page: PageRequest,
): Promise<{ readonly executions: readonly ExecutionInfo[]; readonly nextPageToken: string | null }> {
  const token = page.token === undefined ? undefined : fromPageToken(page.token, query);
  const answer = await askTemporal(client, () =>
    client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      query,
      pageSize: page.size,
      ...(token === undefined ? {} : { nextPageToken: token }),
    }),
  );
  return {
    executions: await withoutReset(client, answer.executions),
    nextPageToken: answer.nextPageToken.length > 0 ? toPageToken(answer.nextPageToken, query) : null,
  };
}

/** What may have been left behind by a reset: the execution that goes on is in the list too, as one of its own. */
const mayBeReset = new Set<number | null | undefined>([
  Status.WORKFLOW_EXECUTION_STATUS_FAILED,
  Status.WORKFLOW_EXECUTION_STATUS_TERMINATED,
  Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT,
]);

async function withoutReset(
  client: Client,
  executions: readonly ExecutionInfo[],
): Promise<readonly ExecutionInfo[]> {
  const doubtful = executions.filter(({ status }) => mayBeReset.has(status));
  const ids = new Set(doubtful.map(({ execution }) => execution?.workflowId ?? ''));
  const superseded = await supersededExecutions(client, [...ids]);
  return executions.filter(({ execution }) => !superseded.has(execution?.runId ?? ''));
}

function toListItem(linkBase: LinkBase, info: ExecutionInfo): RunListItem {
  const id = info.execution?.workflowId ?? '';
  return {
    id,
    process: info.type?.name ?? '',
    businessKey: readText(info, searchAttributes.businessKey),
    status: statuses.get(info.status ?? 0) ?? openStatus(readText(info, searchAttributes.status)),
    startedAt: firstStart(info) ?? toIso(info.startTime) ?? '',
    closedAt: toIso(info.closeTime),
    links: runLinks(linkBase, id),
  };
}

function openStatus(attribute: string | null): RunStatus {
  return attribute === 'stuck' || attribute === 'paused' ? attribute : 'running';
}

function readText(info: ExecutionInfo, name: string): string | null {
  const payload = info.searchAttributes?.indexedFields?.[name];
  if (payload === undefined) return null;
  const value = defaultPayloadConverter.fromPayload<unknown>(payload);
  return typeof value === 'string' ? value : null;
}

function readStartEvent({ memo }: ExecutionInfo): StartEvent | null {
  const payload = memo?.fields?.[memoKeys.startEvent];
  return payload === undefined ? null : defaultPayloadConverter.fromPayload<StartEvent>(payload);
}

/** Of a run that was reset; what Temporal calls its start is the time of the reset. */
function firstStart(info: ExecutionInfo): string | null {
  const time = readText(info, searchAttributes.startedAt);
  return time === null ? null : new Date(time).toISOString();
}

function toIso(time: ExecutionInfo['startTime']): string | null {
  if (time?.seconds === undefined || time.seconds === null) return null;
  return new Date(Number(time.seconds) * 1000 + (time.nanos ?? 0) / 1_000_000).toISOString();
}
