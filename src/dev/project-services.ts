import { join } from 'node:path';

import { BatonError } from '../core/errors.ts';
import type { Project } from '../project/project.ts';
import { type Running, startChild } from './child-process.ts';
import { ensureDatabase } from './database.ts';
import { devSecrets } from './dev-secrets.ts';
import type { Environment } from './find-program.ts';
import { keepRunning, type Kept } from './keep-running.ts';
import { type LocalService, localServices } from './local-service.ts';
import { rotateLog, tailOfLog } from './log-file.ts';
import type { ProcessLedger } from './process-ledger.ts';
import { type Report, secondsSince } from './report.ts';
import { waitUntilReady } from './wait-until.ts';

export interface ProjectServicesOptions {
  readonly project: Pick<Project, 'dir' | 'catalogue' | 'events'>;
  /** What every service inherits. */
  readonly env: Environment;
  /** A server for the services' databases; `null` = none. */
  readonly postgres: { readonly url: string } | null;
  /** Where the services find Baton's API, without a slash at the end; `null` = nobody knows. */
  readonly apiUrl: string | null;
  /** Folder for the logs. */
  readonly home: string;
  readonly report: Report;
  readonly ledger?: ProcessLedger | null;
  readonly signal?: AbortSignal | undefined;
}

export interface ProjectServices {
  /** Secrets that were made up because the environment has none; whoever calls the services needs them too. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Process id by the service's name, as they run now. */
  pids(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** Longest start of a service, in milliseconds. */
const startLimit = 60_000;
/** How long one may take to finish what it is answering, in milliseconds. */
const stopGrace = 5_000;

/**
 * Starts every service that the project's catalogue has a command for, all at once, and waits until each answers at
 * `/health`. A service that ends later is started again. One whose URL is on another machine is left alone.
 *
 * @throws BatonError `internal` with the end of the log of each service that did not start; the others are stopped
 */
export async function startProjectServices(options: ProjectServicesOptions): Promise<ProjectServices> {
  const { project, env, report } = options;
  const services = localServices(project.catalogue);
  const secrets = devSecrets(services, project.events, env);
  for (const { name, url, dev } of Object.values(project.catalogue)) {
    const isLocal = services.some((service) => service.name === name);
    if (dev !== null && !isLocal) report(`${name}: is at ${url} and not started here`);
  }

  const api = options.apiUrl === null ? {} : { BATON_API: options.apiUrl };
  const inherited = { ...api, ...env, ...secrets };
  const results = await Promise.allSettled(
    services.map((service) => keepService(service, { ...options, env: inherited })),
  );
  const kept = new Map<string, Kept<Running>>();
  const faults: unknown[] = [];
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') kept.set(services[index]?.name ?? '', result.value);
    else faults.push(result.reason);
  }
  const stop = async (): Promise<void> => {
    await Promise.all([...kept.values()].map((service) => service.stop()));
  };
  if (faults.length > 0) {
    await stop();
    options.signal?.throwIfAborted();
    throw startFault(faults);
  }
  return {
    secrets,
    pids: () => Object.fromEntries([...kept].map(([name, service]) => [name, service.current().pid])),
    stop,
  };
}

async function keepService(service: LocalService, options: ProjectServicesOptions): Promise<Kept<Running>> {
  const databaseUrl = await databaseFor(service, options.postgres);
  const logFile = join(options.home, 'logs', `${service.name}.log`);
  rotateLog(logFile);
  const start = async (): Promise<Running> => startService(service, { options, databaseUrl, logFile });
  return keepRunning({ name: service.name, start, report: options.report });
}

async function databaseFor(
  { name, database }: LocalService,
  postgres: ProjectServicesOptions['postgres'],
): Promise<string | null> {
  if (database === null) return null;
  if (postgres === null)
    throw new Error(`${name} needs the database "${database}", and there is no PostgreSQL`);
  return ensureDatabase(postgres.url, database);
}

interface ServiceStart {
  readonly options: ProjectServicesOptions;
  readonly databaseUrl: string | null;
  readonly logFile: string;
}

async function startService(
  service: LocalService,
  { options, databaseUrl, logFile }: ServiceStart,
): Promise<Running> {
  const start = Date.now();
  const child = await startChild({
    name: service.name,
    command: service.command,
    cwd: options.project.dir,
    // Baton's own database is not the service's, so that variable is never inherited.
    env: {
      ...options.env,
      DATABASE_URL: databaseUrl ?? undefined,
      HOST: service.host,
      PORT: String(service.port),
    },
    preferLocal: true,
    logFile,
    stopSignal: 'SIGTERM',
    grace: stopGrace,
    ledger: options.ledger ?? null,
  });
  try {
    const ready = async (): Promise<boolean> => answersHealth(service.url);
    await waitUntilReady({ exited: child.exited, limit: startLimit, signal: options.signal, ready });
  } catch (cause) {
    await child.stop();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${service.name} did not start (${service.command.join(' ')}): ${reason}. The end of ${logFile}:\n${await tailOfLog(logFile)}`;
    throw new Error(message, { cause });
  }
  options.report(`${service.name}: ready on ${service.url}, after ${secondsSince(start)}`);
  return child;
}

/** A service without that path answers 404, and is there all the same. */
async function answersHealth(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}

function startFault(faults: readonly unknown[]): BatonError {
  const messages = faults.map((fault) => (fault instanceof Error ? fault.message : String(fault)));
  return new BatonError('internal', messages.join('\n\n'), { cause: faults[0] });
}
