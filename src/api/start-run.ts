import { Counter, type Registry } from 'prom-client';

import { BatonError } from '../core/errors.ts';
import { runPath } from '../core/run-path.ts';
import type { RunView } from '../core/run-state.ts';
import type { ApiDeps } from './deps.ts';
import { followRun } from './follow-run.ts';
import { type Launched, launchRun } from './launch-run.ts';
import type { Answer } from './route.ts';
import { toRunResource } from './run-resource.ts';
import type { StartRequest } from './start-plan.ts';
import { viewEndedRun } from './view-ended-run.ts';

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
    const launched = await launchRun(deps, processName, request);
    const { process, isNew } = launched;
    const { workflowId } = launched.plan;
    if (isNew) started.inc({ process: process.name });

    const usual = isNew ? 201 : 200;
    if (wait.for > 0) {
      const history = await followRun(client, { ...launched, workflowId }, wait);
      if (history !== null) return answer(usual, viewEndedRun(workflowId, history));
      return answer(202, await currentView(launched, request));
    }
    if (isNew) return answer(usual, justStarted(launched, request));
    return answer(usual, await deps.loadRunView(workflowId));
  };

  /** What is known of a run that was started: also when Temporal has gone away since, for then it is started all the same. */
  async function currentView(launched: Launched, request: StartRequest): Promise<RunView> {
    try {
      return await deps.loadRunView(launched.plan.workflowId);
    } catch (error) {
      if (!(error instanceof BatonError) || error.code !== 'temporal-unavailable') throw error;
      return justStarted(launched, request);
    }
  }
}

/** The view of a run that Temporal has just accepted, without asking it again. */
function justStarted({ process, plan }: Launched, request: StartRequest): RunView {
  return {
    id: plan.workflowId,
    process: process.name,
    version: request.version,
    businessKey: request.businessKey,
    parent: null,
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
