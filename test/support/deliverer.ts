import { Registry } from 'prom-client';

import type { Context } from '../../src/cli/context.ts';
import { openTracing } from '../../src/cli/open-tracing.ts';
import { type Deliverer, startDeliverer } from '../../src/cli/start-deliverer.ts';
import { readConfig } from '../../src/config.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import type { Project } from '../../src/project/project.ts';
import { silent } from '../events/lab.ts';

/** A deliverer in this very process, with Temporal away and `SINK_KEY` set. */
export async function startTestDeliverer(eventLog: EventLog, project: Project): Promise<Deliverer> {
  const context: Context = {
    env: { SINK_KEY: 'shared' },
    config: readConfig({}),
    log: silent,
    project,
    temporal: { address: '127.0.0.1:1', namespace: 'default', credentials: {} },
    eventLog,
    tracing: await openTracing({ collectorUrl: null }),
    registry: new Registry(),
  };
  return startDeliverer(context, { eventLog, readModels: [] });
}
