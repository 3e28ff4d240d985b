import { createClient } from '../temporal/create-client.ts';
import { connectWorker } from '../temporal/connect-worker.ts';
import { prepareNamespace } from '../temporal/prepare-namespace.ts';
import { startWorker } from '../workers/start-worker.ts';
import { installRuntime } from '../workers/temporal-runtime.ts';
import type { Context } from './context.ts';
import { startApi } from './start-api.ts';
import { startPatience } from './start-patience.ts';

/** API and worker in one process. */
export interface Served {
  /** Of the API, without a slash at the end. */
  readonly url: string;
  /** Ends when the worker has stopped; rejects when it fails. */
  readonly done: Promise<void>;
  /** Finishes the requests first, then the calls. */
  stop(): Promise<void>;
}

/**
 * Starts API and worker on one connection, so that a new run's first task comes back with the answer to its start
 * (Temporal's eager workflow start). Any number of such processes may run side by side.
 *
 * @param options signal: gives the start up
 */
export async function serve(
  context: Context,
  { signal, ...options }: { readonly signal: AbortSignal; readonly uiUrl?: string | null },
): Promise<Served> {
  const { config, log, temporal, tracing, eventLog } = context;
  const { namespace } = temporal;
  const { plugins } = tracing;
  installRuntime(log, config);
  log.info({ address: temporal.address }, 'connecting to Temporal');
  const connection = await connectWorker(temporal, { ...startPatience, signal });
  const started: (() => Promise<void>)[] = [
    () => tracing.stop(),
    async () => eventLog?.close(),
    () => connection.close(),
  ];
  const stop = async (): Promise<void> => {
    for (let last = started.pop(); last !== undefined; last = started.pop()) await last();
  };
  try {
    const client = createClient({ connection, namespace, plugins });
    await prepareNamespace(client);
    const worker = await startWorker({ ...context, ...config, connection, namespace, plugins });
    started.push(() => worker.stop());
    signal.throwIfAborted();
    const api = await startApi(context, { client, eagerStart: true, ...options });
    started.push(() => api.close());
    return { url: api.url, done: worker.done, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
