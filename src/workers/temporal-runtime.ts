import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

import { toTemporalLogger } from './temporal-logger.ts';

/**
 * Puts Temporal's logs, those of its native core included, into ours, and leaves the process's signals to us: whoever
 * starts a worker decides when it stops. Once in a process, before the first connection.
 */
export function installRuntime(log: Logger): void {
  Runtime.install({
    logger: toTemporalLogger(log),
    shutdownSignals: [],
    // A view says that no worker is there once three heart-beats are missing.
    workerHeartbeatInterval: '3 s',
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
  });
}
