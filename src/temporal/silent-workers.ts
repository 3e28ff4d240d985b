import type { Client, WorkflowService } from '@temporalio/client';

import { grpcStatus, grpcStatusOf } from './temporal-error.ts';

type ListedWorkers = Awaited<ReturnType<WorkflowService['listWorkers']>>;
/** The last sign of life of a worker. */
export type Heartbeat = NonNullable<ListedWorkers['workersInfo'][number]['workerHeartbeat']>;

/** So many heart-beats may be missing, and not fewer than so many milliseconds: clocks differ. */
const tolerance = { heartbeats: 3, least: 10_000 };

/** Until a second heart-beat shows the interval, the SDK's default is assumed, in milliseconds. */
const defaultInterval = 60_000;

const running = 1;

/** Clients whose server does not list workers: an older one, or one where that is not switched on. */
const withoutListing = new WeakSet<Client>();

/**
 * The workers of a task queue that have stopped, or give no sign of life any more. Needs a server with
 * `frontend.WorkerHeartbeatsEnabled` and `frontend.ListWorkersEnabled`; empty for any other.
 *
 * @param now milliseconds since 1970
 * @returns by identity: the latest moment at which the worker may have asked for work, in milliseconds since 1970. Who
 *   asked later under the same identity is another worker.
 */
export async function listSilentWorkers(
  client: Client,
  taskQueue: string,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  if (withoutListing.has(client)) return new Map();
  try {
    const { workersInfo } = await client.workflowService.listWorkers({
      namespace: client.options.namespace,
      query: `TaskQueue = '${taskQueue.replaceAll("'", "''")}'`,
    });
    return findSilent(
      workersInfo.flatMap(({ workerHeartbeat }) => (workerHeartbeat ? [workerHeartbeat] : [])),
      now,
    );
  } catch (error) {
    const status = grpcStatusOf(error);
    if (status !== grpcStatus.unimplemented && status !== grpcStatus.permissionDenied) throw error;
    withoutListing.add(client);
    return new Map();
  }
}

/**
 * Tells which workers are silent by their last heart-beats. Two workers may have one identity; they are silent only when
 * both are.
 */
export function findSilent(heartbeats: readonly Heartbeat[], now: number): ReadonlyMap<string, number> {
  const lastSigns = new Map<string, number>();
  for (const heartbeat of heartbeats) {
    const identity = heartbeat.workerIdentity ?? '';
    const lastSign = isAlive(heartbeat, now) ? Infinity : lastSignOf(heartbeat);
    lastSigns.set(identity, Math.max(lastSign, lastSigns.get(identity) ?? 0));
  }
  return new Map([...lastSigns].filter(([, lastSign]) => lastSign < Infinity));
}

function isAlive(heartbeat: Heartbeat, now: number): boolean {
  const age = now - timeOf(heartbeat);
  return (
    isRunning(heartbeat) && age <= Math.max(tolerance.heartbeats * intervalOf(heartbeat), tolerance.least)
  );
}

/** A worker that was killed may have asked for work until its next heart-beat was due. */
function lastSignOf(heartbeat: Heartbeat): number {
  return timeOf(heartbeat) + (isRunning(heartbeat) ? intervalOf(heartbeat) : 0) + 1_000;
}

function isRunning(heartbeat: Heartbeat): boolean {
  const status: number = heartbeat.status ?? running;
  return status === running;
}

function timeOf({ heartbeatTime }: Heartbeat): number {
  return Number(heartbeatTime?.seconds ?? 0) * 1_000;
}

function intervalOf({ elapsedSinceLastHeartbeat }: Heartbeat): number {
  return Number(elapsedSinceLastHeartbeat?.seconds ?? 0) * 1_000 || defaultInterval;
}
