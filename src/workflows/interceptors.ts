import {
  type ContinueAsNewInput,
  type Next,
  TemporalFailure,
  type WorkflowInterceptorsFactory,
  type WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';

import { traceIdOf } from '../core/trace-parent.ts';
import { markResets } from './mark-resets.ts';
import { listenForPause } from './steps/pause.ts';
import { memoOfNext } from './steps/taken-events.ts';
import { traceparent, traceparentIn } from './trace-context.ts';

/**
 * What every run has, also one whose process uses no step of Baton's: Temporal makes its interceptors before the process
 * begins, so no message can come too early. Each line that the run logs carries its trace id, and the one that tells of its
 * failure whether that is a bug.
 *
 * @public Temporal looks for this name in the module that src/workers/process-bundle.ts adds to the bundle
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  listenForPause();
  let traceId: string | null = null;
  let isBug = false;
  return {
    internals: [{ activate: markResets() }],
    inbound: [
      {
        execute: (input, next) => {
          traceId = traceIdOf(traceparentIn(input.headers) ?? traceparent());
          const outcome = next(input);
          // Outside of the sandbox all errors look alike. The outcome itself is handed on as it is, for replays.
          outcome.catch((error: unknown) => {
            isBug = !(error instanceof TemporalFailure);
          });
          return outcome;
        },
      },
    ],
    outbound: [
      {
        continueAsNew: carryOn,
        getLogAttributes: (attributes, next) =>
          next({ ...attributes, ...(traceId !== null && { traceId }), ...(isBug && { isBug }) }),
      },
    ],
  };
};

/** Has the next execution know what this one has taken of the event log. */
async function carryOn(
  input: ContinueAsNewInput,
  next: Next<WorkflowOutboundCallsInterceptor, 'continueAsNew'>,
): Promise<never> {
  const memo = memoOfNext(input.options.memo);
  return next(memo === undefined ? input : { ...input, options: { ...input.options, memo } });
}
