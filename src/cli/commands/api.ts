import { createClient } from '../../temporal/create-client.ts';
import { connectClient } from '../../temporal/connect-client.ts';
import { prepareNamespace } from '../../temporal/prepare-namespace.ts';
import { openContext } from '../context.ts';
import { startApi } from '../start-api.ts';
import { startPatience } from '../start-patience.ts';
import { runUntilStopped } from '../stop-signal.ts';

/** `baton api`: serves REST, until it is asked to stop. */
export async function apiCommand({ project: dir }: { project: string }): Promise<void> {
  await runUntilStopped(async (stop) => {
    const context = await openContext(dir);
    const { log, temporal, tracing, eventLog } = context;
    log.info({ address: temporal.address }, 'connecting to Temporal');
    const connection = await connectClient(temporal, { ...startPatience, signal: stop.signal });
    // An open connection would keep a process alive that has nothing left to do.
    try {
      const client = createClient({
        connection,
        namespace: temporal.namespace,
        plugins: tracing.plugins,
      });
      await prepareNamespace(client);
      const api = await startApi(context, { client, eagerStart: false });
      await stop.requested;
      await api.close();
    } finally {
      await connection.close();
      await eventLog?.close();
      await tracing.stop();
    }
  });
}
