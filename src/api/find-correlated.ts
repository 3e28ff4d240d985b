import type { Material } from '../correlations/material.ts';
import { BatonError } from '../core/errors.ts';
import type { Seen } from '../correlations/correlation-resource.ts';
import { readCorrelated } from '../events/read-correlated.ts';
import { findUndelivered } from '../events/subscriptions/undelivered.ts';
import type { ApiDeps } from './deps.ts';
import { listStartedRuns } from './list-runs.ts';
import { toRunQuery } from './run-query.ts';
import { fromTemporalError } from './temporal-error.ts';

/** So much of one business key is shown. */
const most = { events: 1_000, runs: 200 };

/** What carries a business key, as far as it can be seen at the moment. */
interface Correlated extends Material {
  /** Milliseconds since 1970, by the log's clock; it matters to events only. */
  readonly now: number;
  readonly seen: Seen;
}

/**
 * Finds events and runs of a business key, each without the other: services react to events while Temporal is away, and
 * runs go on while PostgreSQL is.
 *
 * @throws BatonError `temporal-unavailable`, `database-unavailable` when nothing can be seen
 */
export async function findCorrelated(deps: ApiDeps, key: string): Promise<Correlated> {
  const [found, listed] = await Promise.all([
    orAway(findEvents(deps, key), 'database-unavailable'),
    orAway(findRuns(deps, key), 'temporal-unavailable'),
  ]);
  if (listed instanceof BatonError && (found === null || found instanceof BatonError)) throw listed;
  const noEvents = { events: [], deliveries: [], now: 0, seen: found === null ? 'off' : 'away' } as const;
  const { seen, ...logged } = found === null || found instanceof BatonError ? noEvents : found;
  const noRuns = { runs: [], seen: 'away' } as const;
  const runs = listed instanceof BatonError ? noRuns : listed;
  return { ...logged, runs: runs.runs, seen: { events: seen, runs: runs.seen } };
}

async function findEvents({ eventLog }: ApiDeps, key: string) {
  if (eventLog === null) return null;
  const { database } = eventLog;
  const { events, isCut, now } = await readCorrelated(database, key, most.events);
  const deliveries = await findUndelivered(
    database,
    events.map(({ position }) => position),
  );
  return { events, deliveries, now, seen: isCut ? 'cut' : 'all' } as const;
}

async function findRuns({ client, taskQueue, uiUrl }: ApiDeps, businessKey: string) {
  const linkBase = { uiUrl, namespace: client.options.namespace };
  const page = { size: most.runs, token: undefined, linkBase };
  const { runs, nextPageToken } = await listStartedRuns(client, toRunQuery({ taskQueue, businessKey }), page);
  return { runs, seen: nextPageToken === null ? 'all' : 'cut' } as const;
}

/** What was found, or that the part which has it is away; any other error is thrown. */
async function orAway<T>(
  finding: Promise<T>,
  away: 'database-unavailable' | 'temporal-unavailable',
): Promise<T | BatonError> {
  try {
    return await finding;
  } catch (thrown) {
    const error = thrown instanceof BatonError ? thrown : fromTemporalError(thrown);
    if (error?.code !== away) throw thrown;
    return error;
  }
}
