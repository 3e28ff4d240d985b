import { Agent } from 'undici';

import { startForEvent } from '../api/start-for-event.ts';
import { BatonError } from '../core/errors.ts';
import { type Consume, runConsumers } from '../events/consumers/run-consumers.ts';
import { createDelivererMetrics, type DelivererMetrics } from '../events/deliverer-metrics.ts';
import type { EventLog } from '../events/event-log.ts';
import { consumeReadModels } from '../events/read-models/consume-read-models.ts';
import type { Definition } from '../events/read-models/definition.ts';
import {
  createDelivery,
  type SinkService,
  type TargetDeps,
} from '../events/subscriptions/create-delivery.ts';
import { deliverSubscription } from '../events/subscriptions/deliver-subscription.ts';
import { subscriptionOf } from '../events/subscriptions/subscription.ts';
import { findSubscription } from '../events/subscriptions/subscription-state.ts';
import { consumeWaits, waitingRuns } from '../events/waits/consume-waits.ts';
import type { TellRun } from '../events/waits/wake-waiting-runs.ts';
import { validateAgainst } from '../project/json-schema.ts';
import type { Project } from '../project/project.ts';
import { connectWhenNeeded } from '../temporal/connect-client.ts';
import { createClient } from '../temporal/create-client.ts';
import { createRunTeller } from '../temporal/tell-run.ts';
import type { Context } from './context.ts';
import { declareAll } from './declare-all.ts';

/** Deliveries at work in this process. */
export interface Deliverer {
  /** Lets what is under way end, and leaves the rest to other deliverers. */
  stop(): Promise<void>;
}

/**
 * Starts to deliver the events of the log: to the subscriptions and whatever else goes through it. Any number of processes
 * share that work. Temporal may be away: only what needs it waits then.
 */
export function startDeliverer(
  { config, env, log, project, temporal, tracing, registry }: Context,
  { eventLog, readModels }: { readonly eventLog: EventLog; readonly readModels: readonly Definition[] },
): Deliverer {
  const fillReadModel = consumeReadModels(readModels, { ...eventLog, log });
  const connection = connectWhenNeeded(temporal);
  const client = createClient({ connection, namespace: temporal.namespace, plugins: tracing.plugins });
  const dispatcher = new Agent();
  const targets: TargetDeps = {
    service: (name) => sinkService(project, env, name),
    secret: (name) => env[name],
    startRun: async (process, recorded) =>
      startForEvent(
        {
          client,
          project,
          taskQueue: config.taskQueue,
          eagerStart: false,
          validate: validateAgainst,
          eventLog,
        },
        process,
        recorded,
      ),
    dispatcher,
  };
  const metrics = createDelivererMetrics(registry, { ...eventLog, log });
  const tellRun = createRunTeller(client, log);
  const tell: TellRun = async (...told) => {
    const outcome = await tellRun(...told);
    if (outcome === 'told') metrics.countWoken();
    return outcome;
  };
  const consumers = runConsumers({
    ...{ database: eventLog.database, wakeUp: eventLog.wakeUp, log },
    consumeBy: (consumer) => {
      if (consumer === waitingRuns) return async (lease) => consumeWaits(lease, { ...eventLog, tell });
      const name = subscriptionOf(consumer);
      return name === null ? fillReadModel(consumer) : deliverBy(name, { eventLog, targets, metrics });
    },
  });
  const stopping = new AbortController();
  const declaring = declareAll(
    { subscriptions: Object.values(project.events.subscriptions), readModels },
    eventLog.database,
    { log, signal: stopping.signal },
  );
  return {
    stop: async () => {
      stopping.abort();
      await declaring;
      await consumers.stop();
      await dispatcher.close();
      await connection.close();
    },
  };
}

/** Reads the subscription anew each time it is taken: it may have changed. */
function deliverBy(
  name: string,
  {
    eventLog,
    targets,
    metrics,
  }: { readonly eventLog: EventLog; readonly targets: TargetDeps; readonly metrics: DelivererMetrics },
): Consume {
  const { database, wakeUp } = eventLog;
  return async (lease) => {
    const subscription = await findSubscription(database, name).catch(noneIfDeleted);
    if (subscription === null) return;
    const deliver = createDelivery(subscription, targets);
    const onAttempt = metrics.attemptsOf(name);
    const { random } = Math;
    await deliverSubscription(subscription, lease, { database, wakeUp, deliver, random, onAttempt });
  };
}

function noneIfDeleted(error: unknown): null {
  if (error instanceof BatonError && error.code === 'subscription-not-found') return null;
  throw error;
}

function sinkService(project: Project, env: Context['env'], name: string): SinkService | null {
  if (!Object.hasOwn(project.catalogue, name)) return null;
  const service = project.catalogue[name];
  if (service === undefined) return null;
  const { url, auth } = service;
  const secret = auth === null ? undefined : env[auth.secret];
  return {
    url,
    headers:
      auth === null || secret === undefined ? {} : { [auth.header.toLowerCase()]: auth.prefix + secret },
  };
}
