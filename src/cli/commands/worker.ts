import { createClient } from '../../temporal/create-client.ts';
import { connectWorker } from '../../temporal/connect-worker.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { startWorker } from '../../workers/start-worker.ts';
import { installRuntime } from '../../workers/temporal-runtime.ts';
import { openContext } from '../context.ts';
import { startPatience } from '../start-patience.ts';
import { listenForStop } from '../stop-signal.ts';

/** `baton worker`: runs the processes and calls the services, until it is asked to stop. */
export async function workerCommand({ project: dir }: { project: string }): Promise<void> {
  const stop = listenForStop();
  const context = await openContext(dir);
  const { config, log, temporal } = context;
  installRuntime(log);
  const connection = await connectWorker(temporal, startPatience);
  // An open connection would keep a process alive that has nothing left to do.
  try {
    await ensureSearchAttributes(createClient({ connection, namespace: temporal.namespace }));
    const worker = await startWorker({ ...context, ...config, connection, namespace: temporal.namespace });
    await Promise.race([worker.done, stop.requested]);
    await worker.stop();
  } finally {
    await connection.close();
  }
}
