import type { WorkflowHandleWithStartDetails, WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { Counter, type Registry } from 'prom-client';

import { memoKeys, searchAttributes } from '../core/attributes.ts';
import { BatonError } from '../core/errors.ts';
import { runPath } from '../core/run-path.ts';
import type { RunView } from '../core/run-state.ts';
import type { Process } from '../project/project.ts';
import { askTemporal } from '../temporal/ask-temporal.ts';
import type { ApiDeps } from './deps.ts';
import { findProcess } from './find-process.ts';
import { followRun } from './follow-run.ts';
import type { Answer } from './route.ts';
import { toRunResource } from './run-resource.ts';
import { planStart, type StartPlan, type StartRequest } from './start-plan.ts';
import { viewEndedRun } from './view-ended-run.ts';
import { sayFaults, toFault } from './zod-faults.ts';

const businessKeyAttribute = defineSearchAttributeKey(searchAttributes.businessKey, 'KEYWORD');

/** How long the client wants to wait for the end: milliseconds (0 = not at all), and what ends the wait early. */
interface Wait {
  readonly for: number;
  readonly signal: AbortSignal;
}

type StartRun = (processName: string, request: StartRequest, wait: Wait) => Promise<Answer>;

/** Makes the function that starts runs and answers for them. */
export function createRunStarter(deps: ApiDeps): StartRun {
  const { client } = deps;
  const linkBase = { uiUrl: deps.uiUrl, namespace: client.options.namespace };
  const started = startedCounter(deps.registry);

  const answer = (status: number, view: RunView): Answer => ({
    status,
    headers: { Location: runPath(view.id) },
    body: toRunResource(linkBase, view),
  });

  return async (processName, request, wait) => {
    const process = findProcess(deps.project, processName);
    checkStart(deps, process, request);
    const plan = planStart(process, request);
    const execution = await startOrFind(process, request, plan);
    if (execution.isNew) started.inc({ process: process.name });

    const usual = execution.isNew ? 201 : 200;
    if (wait.for > 0) {
      const history = await followRun(client, execution, wait);
      if (history !== null) return answer(usual, viewEndedRun(plan.workflowId, history));
      return answer(202, await currentView(process, request, plan));
    }
    if (execution.isNew) return answer(usual, justStarted(process, request, plan));
    return answer(usual, await deps.loadRunView(plan.workflowId));
  };

  async function startOrFind(
    process: Process,
    request: StartRequest,
    plan: StartPlan,
  ): Promise<{ workflowId: string; runId?: string; isNew: boolean }> {
    try {
      const handle = await askTemporal(client, () => start(process, request, plan));
      return { workflowId: plan.workflowId, runId: handle.firstExecutionRunId, isNew: true };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const handle = client.workflow.getHandle(plan.workflowId);
      await refuseOther(handle, plan);
      return { workflowId: plan.workflowId, isNew: false };
    }
  }

  async function start(
    process: Process,
    request: StartRequest,
    plan: StartPlan,
  ): Promise<WorkflowHandleWithStartDetails> {
    return client.workflow.start(process.name, {
      taskQueue: deps.taskQueue,
      workflowId: plan.workflowId,
      args: [request.input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      memo: plan.memo,
      staticSummary: plan.summary,
      ...(deps.eagerStart ? { requestEagerStart: true } : {}),
      ...(request.businessKey === null
        ? {}
        : { typedSearchAttributes: [{ key: businessKeyAttribute, value: request.businessKey }] }),
    });
  }

  /** What is known of a run that was started: also when Temporal has gone away since, for then it is started all the same. */
  async function currentView(process: Process, request: StartRequest, plan: StartPlan): Promise<RunView> {
    try {
      return await deps.loadRunView(plan.workflowId);
    } catch (error) {
      if (!(error instanceof BatonError) || error.code !== 'temporal-unavailable') throw error;
      return justStarted(process, request, plan);
    }
  }

  /** @throws BatonError `run-exists` when the run was not started by the same request */
  async function refuseOther(handle: WorkflowHandle, plan: StartPlan): Promise<void> {
    const { memo } = await askTemporal(client, () => handle.describe());
    if (memo?.[memoKeys.startHash] === plan.hash) return;
    const detail =
      `Run "${plan.workflowId}" was started by another request: its process, input, businessKey or version differ. ` +
      'Send what was sent then to get that run, or choose another id or Idempotency-Key to start a new one';
    throw new BatonError('run-exists', detail, { extensions: { run: runPath(plan.workflowId) } });
  }
}

/** @throws BatonError `invalid-input` with every fault of the input; `invalid-request` for a version that is not known */
function checkStart({ validate }: ApiDeps, process: Process, { input, version }: StartRequest): void {
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

/** The view of a run that Temporal has just accepted, without asking it again. */
function justStarted(process: Process, request: StartRequest, plan: StartPlan): RunView {
  return {
    id: plan.workflowId,
    process: process.name,
    version: request.version,
    businessKey: request.businessKey,
    status: 'running',
    input: request.input,
    output: null,
    error: null,
    startedAt: new Date().toISOString(),
    closedAt: null,
    stall: null,
    steps: [],
  };
}

function startedCounter(registry: Registry): Counter<'process'> {
  return new Counter({
    name: 'baton_runs_started_total',
    help: 'Runs started through this process',
    labelNames: ['process'],
    registers: [registry],
  });
}
