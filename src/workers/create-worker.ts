import { type NativeConnection, Worker, type WorkerPlugin, type WorkflowBundle } from '@temporalio/worker';

import type { Activities } from '../activities/index.ts';
import { callLogFields } from './call-log-fields.ts';

export interface WorkerDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly bundle: WorkflowBundle;
  readonly activities: Activities;
  readonly plugins?: readonly WorkerPlugin[];
  /** How long calls may go on after a stop was asked for, in milliseconds. */
  readonly shutdownGrace: number;
}

/**
 * Calls that may be under way at once in one worker. A call that waits at its service's bulkhead holds a place too, so
 * there are far more places than any one service may fill.
 */
const maximumCalls = 1_000;

/** Makes a worker for a project's processes and the activities of its catalogue. `run()` starts it. */
export async function createWorker(deps: WorkerDeps): Promise<Worker> {
  return Worker.create({
    connection: deps.connection,
    namespace: deps.namespace,
    taskQueue: deps.taskQueue,
    workflowBundle: deps.bundle,
    activities: { ...deps.activities.calls, ...deps.activities.events },
    interceptors: { activity: [callLogFields] },
    plugins: [...(deps.plugins ?? [])],
    maxConcurrentActivityTaskExecutions: maximumCalls,
    // A cancellation reaches a running call with the next heart-beat; the default would hold it back for 8 s.
    maxHeartbeatThrottleInterval: '2 s',
    shutdownGraceTime: deps.shutdownGrace,
    // Calls are told to stop after the grace; whatever then still hangs must not keep the process alive.
    shutdownForceTime: deps.shutdownGrace + 5_000,
  });
}
