import { createClient } from '../../temporal/create-client.ts';
import { connectWorker } from '../../temporal/connect-worker.ts';
import { prepareNamespace } from '../../temporal/prepare-namespace.ts';
import { startWorker } from '../../workers/start-worker.ts';
import { installRuntime } from '../../workers/temporal-runtime.ts';
import { openContext } from '../context.ts';
import { startPatience } from '../start-patience.ts';
import { runUntilStopped } from '../stop-signal.ts';

/** `baton worker`: runs the processes and calls the services, until it is asked to stop. */
export async function workerCommand({ project: dir }: { project: string }): Promise<void> {
  await runUntilStopped(async (stop) => {
    const context = await openContext(dir);
    const { config, log, temporal, tracing, eventLog } = context;
    const { plugins } = tracing;
    const { namespace } = temporal;
    installRuntime(log, config);
    log.info({ address: temporal.address }, 'connecting to Temporal');
    const connection = await connectWorker(temporal, { ...startPatience, signal: stop.signal });
    // An open connection would keep a process alive that has nothing left to do.
    try {
      await prepareNamespace(createClient({ connection, namespace }));
      const worker = await startWorker({ ...context, ...config, connection, namespace, plugins });
      await Promise.race([worker.done, stop.requested]);
      await worker.stop();
    } finally {
      await connection.close();
      await eventLog?.close();
      await tracing.stop();
    }
  });
}
