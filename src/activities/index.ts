import { Agent } from 'undici';

import type { Json } from '../core/json.ts';
import type { CallInput } from '../services/call-request.ts';
import type { Catalogue, Service } from '../services/catalogue.ts';
import { createBulkhead } from './bulkhead.ts';
import { createEventActivities, type EventActivities, type EventActivityDeps } from './event-activities.ts';
import { createHttpCall } from './http-call.ts';

/** One activity for each operation of the catalogue, `service.operation`. */
type CallActivities = Readonly<Record<string, (input: CallInput) => Promise<Json>>>;

/** The effects that a worker offers. */
export interface Activities {
  readonly calls: CallActivities;
  readonly events: EventActivities;
  /** Closes idle connections; running calls end first. */
  close(): Promise<void>;
}

export interface ActivityDeps extends Pick<EventActivityDeps, 'events' | 'dataFaults'> {
  /** The value of a secret that a service's `auth` names. */
  readonly secret: (name: string) => string | undefined;
  /** A number in [0, 1), for jitter. */
  readonly random?: () => number;
}

/**
 * Makes the activities of a catalogue, and those that use the event log. Each service has its own connections and its own bulkhead.
 *
 * @throws RangeError when a secret is missing; the worker checks for all of them before
 */
export function createActivities(
  catalogue: Catalogue,
  { secret, random = Math.random, events, dataFaults }: ActivityDeps,
): Activities {
  const dispatchers: Agent[] = [];
  const calls: Record<string, CallActivities[string]> = {};
  for (const service of Object.values(catalogue)) {
    // Each attempt has its own deadline, so the client's are off: they would cut a long call that its team allowed.
    const dispatcher = new Agent({
      connections: service.bulkhead.concurrency,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    dispatchers.push(dispatcher);
    const deps = {
      dispatcher,
      limiter: createBulkhead(service.bulkhead),
      authHeaders: authHeaders(service, secret),
      random,
    };
    for (const operation of Object.values(service.operations)) {
      calls[`${service.name}.${operation.name}`] = createHttpCall(service, operation, deps);
    }
  }
  return {
    calls,
    events: createEventActivities({ events, dataFaults, random }),
    close: async () => {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.close()));
    },
  };
}

function authHeaders({ name, auth }: Service, secret: ActivityDeps['secret']): Record<string, string> {
  if (auth === null) return {};
  const value = secret(auth.secret);
  if (value === undefined)
    throw new RangeError(`the secret ${auth.secret} of the service "${name}" is not set`);
  return { [auth.header.toLowerCase()]: `${auth.prefix}${value}` };
}
