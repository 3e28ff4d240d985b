import type { Context } from '@temporalio/activity';

import type { Operation } from '../services/catalogue.ts';
import type { CallOutcome } from './call-outcome.ts';

/** Names without the unit, which the exporter adds. */
export const callDuration = 'baton_call_duration';
export const callQueue = 'baton_call_queue';

/** How one attempt of a call ended. */
type CallEnd = 'answered' | 'refused' | 'failed' | 'timed-out' | 'cancelled';

/** Measures the attempts of one operation. */
export interface CallMetrics {
  /** From here on an attempt waits for its turn at the bulkhead. */
  begin(context: Context): { attempt(send: () => Promise<CallOutcome>): Promise<CallOutcome> };
}

/**
 * Metrics of one operation, on the meter of Temporal's SDK, so that they come out where its own do:
 * `baton_call_duration_seconds` by process, service, operation and how the attempt ended, `baton_call_queue_seconds` by
 * process, service and operation.
 */
export function createCallMetrics({ service, name: operation }: Operation): CallMetrics {
  let meters: { readonly duration: Histogram; readonly queue: Histogram } | undefined;
  return {
    begin: (context) => {
      // The meters of all attempts of one activity have the same tags.
      meters ??= {
        duration: histogram(context, callDuration, 'What a service took for an attempt'),
        queue: histogram(context, callQueue, 'What an attempt waited at the bulkhead'),
      };
      const { duration, queue } = meters;
      const tags = { process: context.info.workflowType ?? '', service, operation };
      const queuedAt = performance.now();
      return {
        attempt: async (send) => {
          const sentAt = performance.now();
          queue.record((sentAt - queuedAt) / 1_000, tags);
          let end: CallEnd = 'cancelled';
          try {
            const outcome = await send();
            end = endOf(outcome);
            return outcome;
          } finally {
            duration.record((performance.now() - sentAt) / 1_000, { ...tags, end });
          }
        },
      };
    },
  };
}

type Histogram = ReturnType<Context['metricMeter']['createHistogram']>;

function histogram({ metricMeter }: Context, name: string, description: string): Histogram {
  return metricMeter.createHistogram(name, 'float', 'seconds', description);
}

function endOf(outcome: CallOutcome): CallEnd {
  if (outcome.kind === 'answer') return 'answered';
  if (outcome.code === 'call-timed-out') return 'timed-out';
  return outcome.code === 'call-refused' ? 'refused' : 'failed';
}
