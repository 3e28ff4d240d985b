import type { WorkflowHandle, WorkflowHandleWithStartDetails } from '@temporalio/client';
import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';

import { memoKeys, searchAttributes } from '../core/attributes.ts';
import { BatonError } from '../core/errors.ts';
import { sayFaults } from '../core/say-faults.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Process } from '../project/project.ts';
import { askTemporal } from '../temporal/ask-temporal.ts';
import type { ApiDeps } from './deps.ts';
import { findProcess } from './find-process.ts';
import { runPath } from '../core/run-path.ts';
import { planStart, type StartPlan, type StartRequest } from './start-plan.ts';
import { toFault } from './zod-faults.ts';

const businessKeyAttribute = defineSearchAttributeKey(searchAttributes.businessKey, 'KEYWORD');

/** What starting a run takes. */
export type LaunchDeps = Pick<
  ApiDeps,
  'client' | 'project' | 'taskQueue' | 'eagerStart' | 'validate' | 'eventLog'
>;

/** A run that was started, now or by the same request before. */
export interface Launched {
  readonly process: Process;
  readonly plan: StartPlan;
  /** Temporal's id of its first execution; absent where the run was there already. */
  readonly runId?: string;
  readonly isNew: boolean;
}

/**
 * Starts a run, or finds the one that the same request has started.
 *
 * @throws BatonError `process-not-found`, `invalid-input`, `invalid-request`, `run-exists`, `temporal-unavailable`
 */
export async function launchRun(
  deps: LaunchDeps,
  processName: string,
  request: StartRequest,
): Promise<Launched> {
  const process = findProcess(deps.project, processName);
  checkStart(deps, process, request);
  const plan = planStart(process, request);
  try {
    const handle = await askTemporal(deps.client, () => start(deps, { process, request, plan }));
    return { process, plan, runId: handle.firstExecutionRunId, isNew: true };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await refuseOther(deps, deps.client.workflow.getHandle(plan.workflowId), plan);
    return { process, plan, isNew: false };
  }
}

async function start(
  { client, taskQueue, eagerStart, eventLog }: LaunchDeps,
  {
    process,
    request,
    plan,
  }: { readonly process: Process; readonly request: StartRequest; readonly plan: StartPlan },
): Promise<WorkflowHandleWithStartDetails> {
  return client.workflow.start(process.name, {
    taskQueue,
    workflowId: plan.workflowId,
    args: [request.input],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    memo: { ...plan.memo, ...logPosition(eventLog) },
    staticSummary: plan.summary,
    ...(eagerStart ? { requestEagerStart: true } : {}),
    ...(request.businessKey === null
      ? {}
      : { typedSearchAttributes: [{ key: businessKeyAttribute, value: request.businessKey }] }),
  });
}

/**
 * Where the event log is now, as far as it was told: events behind it are new to the run. The number lags behind the log
 * for a moment at the most, so none is missed.
 */
function logPosition(eventLog: EventLog | null): Readonly<Record<string, number>> {
  const head = eventLog?.wakeUp.head ?? null;
  return head === null ? {} : { [memoKeys.logPosition]: head };
}

/** @throws BatonError `run-exists` when the run was not started by the same request */
async function refuseOther({ client }: LaunchDeps, handle: WorkflowHandle, plan: StartPlan): Promise<void> {
  const { memo } = await askTemporal(client, () => handle.describe());
  if (memo?.[memoKeys.startHash] === plan.hash) return;
  const detail =
    `Run "${plan.workflowId}" was started by another request: its process, input, businessKey or version differ. ` +
    'Send what was sent then to get that run, or choose another id or Idempotency-Key to start a new one';
  throw new BatonError('run-exists', detail, { extensions: { run: runPath(plan.workflowId) } });
}

/** @throws BatonError `invalid-input` with every fault of the input; `invalid-request` for a version that is not known */
function checkStart({ validate }: LaunchDeps, process: Process, { input, version }: StartRequest): void {
  if (version !== null) {
    const fault = toFault('/version', `is no version of ${process.name}, which has one only: leave it out`);
    throw new BatonError('invalid-request', fault.message, { faults: [fault] });
  }
  const faults = validate(process.inputSchema, input, '/input');
  if (faults.length === 0) return;
  throw new BatonError('invalid-input', sayFaults(faults), {
    faults,
    extensions: { process: `/v1/processes/${process.name}` },
  });
}
