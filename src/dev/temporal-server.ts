import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { Connection } from '@temporalio/client';

import { searchAttributeTypes } from '../core/attributes.ts';
import { BatonError } from '../core/errors.ts';
import { acceptsConnections } from './accepts-connections.ts';
import { type Running, startChild } from './child-process.ts';
import type { Environment } from './find-program.ts';
import { rotateLog, tailOfLog } from './log-file.ts';
import { secondsSince } from './report.ts';
import type { ServerOptions } from './server-options.ts';
import { type Wait, waitUntilReady } from './wait-until.ts';

export interface TemporalServerOptions extends ServerOptions {
  /** The `temporal` command. */
  readonly binary: string;
  /** Port of the Web UI. */
  readonly uiPort: number;
  /** Everything that Temporal knows; survives restarts, also after SIGKILL. */
  readonly dataFile: string;
  readonly namespace?: string;
  readonly env: Environment;
}

export interface TemporalServer extends Running {
  /** `host:port` of the gRPC API. */
  readonly address: string;
  /** The Web UI, without a slash at the end. */
  readonly uiUrl: string;
}

/** Longest start, in milliseconds: a large file on a slow disk. */
const startLimit = 60_000;
/** How long it may take to write what it has, in milliseconds. */
const stopGrace = 8_000;

/**
 * Starts Temporal's development server on a file, and waits until its API and its namespace answer.
 *
 * @throws BatonError `temporal-unavailable` with the end of its log
 */
export async function startTemporal(options: TemporalServerOptions): Promise<TemporalServer> {
  const { host, port, uiPort, logFile, report } = options;
  const start = Date.now();
  mkdirSync(dirname(options.dataFile), { recursive: true });
  rotateLog(logFile);
  const child = await startChild({
    name: 'Temporal',
    command: [options.binary, ...temporalArguments(options)],
    cwd: dirname(options.dataFile),
    env: withoutTemporalSettings(options.env),
    logFile,
    stopSignal: 'SIGINT',
    grace: stopGrace,
    ledger: options.ledger ?? null,
  });
  const address = `${host}:${port}`;
  try {
    const wait = { exited: child.exited, limit: startLimit, signal: options.signal };
    await waitUntilReady({ ...wait, ready: () => acceptsConnections(host, port) });
    await waitForNamespace(wait, { address, namespace: options.namespace ?? 'default' });
  } catch (cause) {
    await child.stop();
    options.signal?.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const tail = await tailOfLog(logFile);
    const message = `Temporal did not start on ${address}: ${reason}. The end of ${logFile}:\n${tail}`;
    throw new BatonError('temporal-unavailable', message, { cause });
  }
  const uiUrl = `http://${host}:${uiPort}`;
  report(`Temporal: ready on ${address}, Web UI ${uiUrl}, after ${secondsSince(start)}`);
  return { ...child, address, uiUrl };
}

/** The command line of the development server. */
function temporalArguments(
  options: Pick<TemporalServerOptions, 'host' | 'port' | 'uiPort' | 'dataFile' | 'namespace'>,
): readonly string[] {
  const { host, port, uiPort, dataFile, namespace = 'default' } = options;
  return [
    ...['server', 'start-dev', '--ip', host, '--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', dataFile, '--namespace', namespace, '--log-level', 'warn'],
    // Half the time for a write. A killed server loses nothing; a power cut may take the last moment with it.
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
    // As shipped, the server reads its queues 20 times a second at most, so that every step waits for about 100 ms.
    ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=2000'],
    ...['--dynamic-config-value', 'history.timerProcessorMaxPollRPS=2000'],
    ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
    // With the workers' heart-beats a dead one is missed after seconds instead of a minute.
    ...['--dynamic-config-value', 'frontend.WorkerHeartbeatsEnabled=true'],
    ...['--dynamic-config-value', 'frontend.ListWorkersEnabled=true'],
    ...Object.entries(searchAttributeTypes).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
  ];
}

/** The command reads the same variables as a client; a profile for another server must not change this one. */
function withoutTemporalSettings(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function waitForNamespace(
  wait: Omit<Wait, 'ready'>,
  { address, namespace }: { readonly address: string; readonly namespace: string },
): Promise<void> {
  const connection = Connection.lazy({ address });
  const ready = async (): Promise<boolean> => {
    try {
      await connection.withDeadline(Date.now() + 2_000, async () => {
        await connection.workflowService.getSystemInfo({});
        await connection.workflowService.describeNamespace({ namespace });
      });
      return true;
    } catch {
      return false;
    }
  };
  try {
    await waitUntilReady({ ...wait, ready });
  } finally {
    await connection.close();
  }
}
