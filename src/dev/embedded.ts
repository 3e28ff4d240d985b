import { join, resolve } from 'node:path';

import type { Project } from '../project/project.ts';
import type { Running } from './child-process.ts';
import type { Environment } from './find-program.ts';
import { keepRunning, type Kept } from './keep-running.ts';
import { chooseDevPorts, type DevPorts, neededPorts } from './dev-ports.ts';
import { assertPortsFree, type NeededPort } from './ports.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { openLedger, type ProcessLedger } from './process-ledger.ts';
import { type ProjectServices, startProjectServices } from './project-services.ts';
import type { Report } from './report.ts';
import { locateTemporal } from './temporal-binary.ts';
import { startTemporal, type TemporalServer } from './temporal-server.ts';

export interface EmbeddedOptions {
  /** Folder for data and logs; of one start at a time. */
  readonly home: string;
  /** Folder for programs, shared by all clones; `null` = the user's cache folder. */
  readonly cacheDir: string | null;
  readonly env: Environment;
  /** Address that everything listens on. */
  readonly host: string;
  readonly ports: DevPorts;
  /** A Temporal that runs elsewhere, used instead of an embedded one. */
  readonly temporalAddress: string | null;
  readonly namespace?: string;
  /** A PostgreSQL that runs elsewhere, used instead of an embedded one. */
  readonly databaseUrl: string | null;
  readonly project: Pick<Project, 'dir' | 'catalogue' | 'events'>;
  /** Where the caller is going to serve the API, without a slash at the end; `null` = nowhere. */
  readonly apiUrl: string | null;
  /** What the caller is going to listen on, to be checked with the rest. */
  readonly otherPorts: readonly NeededPort[];
  readonly report: Report;
  /** Gives the start up: what had started by then is stopped. */
  readonly signal?: AbortSignal;
}

/** Everything that Baton needs around it, running. */
export interface Embedded {
  /** `uiUrl` is `null` when Temporal runs elsewhere. */
  readonly temporal: { readonly address: string; readonly uiUrl: string | null };
  readonly databaseUrl: string;
  /** Secrets that were made up for the project's services; whoever calls them, or delivers events to them, needs these. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Process ids as they run now, by name: `Temporal`, `PostgreSQL` and the services. */
  pids(): Readonly<Record<string, number>>;
  /** Stops the services, then Temporal, then PostgreSQL. No process is left, no port is taken. */
  stop(): Promise<void>;
}

/**
 * Brings up Temporal, PostgreSQL and the project's services, as much as possible at once, and keeps them running. The
 * ports of all are checked before anything starts. When one does not start, the others are stopped.
 *
 * @throws BatonError of the first part that failed; the reason of the signal
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const home = resolve(options.home);
  const ledger = await openLedger(home, options.report);
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const parts: Parts = { temporal: null, postgres: null, services: null };
  const stop = once(async () => {
    await stopParts(parts);
    ledger.close();
  });
  try {
    const ports = await chooseDevPorts(options);
    await assertPortsFree(neededPorts(options, ports));
    const start: Start = { options, home, ports, ledger, signal };
    const outcomes = [bringUpTemporal(start, parts), bringUpServices(start, parts)];
    for (const outcome of outcomes) {
      // The others need not finish what cannot be of use any more.
      outcome.catch((reason: unknown) => {
        failed.abort(reason);
      });
    }
    await Promise.allSettled(outcomes);
    signal.throwIfAborted();
    await Promise.all(outcomes);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    temporal: {
      address: options.temporalAddress ?? running(parts.temporal).address,
      uiUrl: parts.temporal === null ? null : parts.temporal.current().uiUrl,
    },
    databaseUrl: options.databaseUrl ?? running(parts.postgres).url,
    secrets: parts.services?.secrets ?? {},
    pids: () => pidsOf(parts),
    stop,
  };
}

/** What runs so far; `null` = not (yet), or elsewhere. */
interface Parts {
  temporal: Kept<TemporalServer> | null;
  postgres: Kept<PostgresServer> | null;
  services: ProjectServices | null;
}

interface Start {
  readonly options: EmbeddedOptions;
  readonly home: string;
  readonly ports: DevPorts;
  readonly ledger: ProcessLedger;
  readonly signal: AbortSignal;
}

async function bringUpTemporal(start: Start, parts: Parts): Promise<void> {
  const { options, home, ports, ledger, signal } = start;
  if (options.temporalAddress !== null) return;
  const { cacheDir, env, host, report, namespace } = options;
  const binary = await locateTemporal({ cacheDir, env, report, signal });
  parts.temporal = await keepRunning({
    name: 'Temporal',
    report,
    start: async () =>
      startTemporal({
        ...{ binary, host, env, report, ledger, signal },
        ...(namespace !== undefined && { namespace }),
        port: ports.temporal,
        uiPort: ports.ui,
        dataFile: join(home, 'temporal.db'),
        logFile: join(home, 'logs', 'temporal.log'),
      }),
  });
}

async function bringUpServices(start: Start, parts: Parts): Promise<void> {
  const { options, home, ports, ledger, signal } = start;
  const { host, report, env, project, apiUrl } = options;
  if (options.databaseUrl === null) {
    parts.postgres = await keepRunning({
      name: 'PostgreSQL',
      report,
      start: async () =>
        startPostgres({
          ...{ host, report, ledger, signal },
          port: ports.postgres,
          dataDir: join(home, 'postgres'),
          logFile: join(home, 'logs', 'postgres.log'),
        }),
    });
  }
  const url = options.databaseUrl ?? running(parts.postgres).url;
  parts.services = await startProjectServices({
    ...{ project, apiUrl, env, home, report, ledger, signal },
    postgres: { url },
  });
}

async function stopParts({ services, temporal, postgres }: Parts): Promise<void> {
  await services?.stop();
  await temporal?.stop();
  await postgres?.stop();
}

function pidsOf({ temporal, postgres, services }: Parts): Readonly<Record<string, number>> {
  return {
    ...(temporal !== null && { Temporal: temporal.current().pid }),
    ...(postgres !== null && { PostgreSQL: postgres.current().pid }),
    ...services?.pids(),
  };
}

function running<R extends Running>(part: Kept<R> | null): R {
  if (part === null) throw new Error('A part was asked for that has not started');
  return part.current();
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= action());
}
