import { makeTelemetryFilterString, Runtime, type TelemetryOptions } from '@temporalio/worker';
import type { Logger } from 'pino';

import { callDuration, callQueue } from '../activities/call-metrics.ts';
import { BatonError } from '../core/errors.ts';
import { toTemporalLogger } from './temporal-logger.ts';

/** Of the durations of calls, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * Puts Temporal's logs, those of its native core included, into ours, and leaves the process's signals to us: whoever
 * starts a worker decides when it stops. Once in a process, before the first connection.
 *
 * @throws BatonError `invalid-request` when the address for the metrics cannot be had
 */
export function installRuntime(
  log: Logger,
  { metricsAddress = null }: { readonly metricsAddress?: string | null } = {},
): void {
  try {
    Runtime.install({
      logger: toTemporalLogger(log),
      shutdownSignals: [],
      // A view says that no worker is there once three heart-beats are missing.
      workerHeartbeatInterval: '3 s',
      telemetryOptions: {
        ...(metricsAddress !== null && { metrics: prometheusAt(metricsAddress) }),
        logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      },
    });
  } catch (cause) {
    if (metricsAddress === null || !(cause instanceof Error)) throw cause;
    const message = `The worker cannot offer its metrics on ${metricsAddress} (${cause.message}). Set BATON_METRICS_ADDRESS to another address`;
    throw new BatonError('invalid-request', message, { cause });
  }
}

/** The SDK's own metrics, and those of the calls, under their names for Prometheus. */
function prometheusAt(bindAddress: string): NonNullable<TelemetryOptions['metrics']> {
  return {
    prometheus: {
      bindAddress,
      countersTotalSuffix: true,
      unitSuffix: true,
      useSecondsForDurations: true,
      histogramBucketOverrides: { [callDuration]: buckets, [callQueue]: buckets },
    },
  };
}
