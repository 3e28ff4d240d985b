import { join } from 'node:path';

import { collectDefaultMetrics } from 'prom-client';

import { BatonError } from '../../core/errors.ts';
import { loadDefinitions } from '../../events/read-models/load-definitions.ts';
import { openContext } from '../context.ts';
import { offerMetrics } from '../offer-metrics.ts';
import { startDeliverer } from '../start-deliverer.ts';
import { runUntilStopped } from '../stop-signal.ts';

/** `baton deliver`: delivers the events of the log, until it is asked to stop. Any number of them share the work. */
export async function deliverCommand({ project: dir }: { project: string }): Promise<void> {
  await runUntilStopped(async (stop) => {
    const context = await openContext(dir);
    const { config, log, project, tracing, eventLog, registry } = context;
    if (eventLog === null) {
      throw new BatonError('event-log-off', 'There is no event log to deliver from: set DATABASE_URL');
    }
    let endMetrics: (() => Promise<void>) | null = null;
    try {
      collectDefaultMetrics({ register: registry });
      const { metricsAddress } = config;
      endMetrics = metricsAddress === null ? null : await offerMetrics(registry, metricsAddress);
      const readModels = await loadDefinitions(project.readModels, join(config.home, 'build'));
      const deliverer = startDeliverer(context, { eventLog, readModels });
      log.info('the deliverer is up');
      await stop.requested;
      await deliverer.stop();
      log.info('the deliverer has stopped');
    } finally {
      await endMetrics?.();
      await eventLog.close();
      await tracing.stop();
    }
  });
}
