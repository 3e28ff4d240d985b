import { TemporalFailure, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

import { traceIdOf } from '../core/trace-parent.ts';
import { listenForPause } from './steps/pause.ts';
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
        getLogAttributes: (attributes, next) =>
          next({ ...attributes, ...(traceId !== null && { traceId }), ...(isBug && { isBug }) }),
      },
    ],
  };
};
