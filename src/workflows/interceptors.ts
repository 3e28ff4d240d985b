import type {
  ContinueAsNewInput,
  Next,
  WorkflowInterceptorsFactory,
  WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';

import { listenForPause } from './steps/pause.ts';
import { memoOfNext } from './steps/taken-events.ts';

/**
 * What every run has, also one whose process uses no step of Baton's: Temporal makes its interceptors before the process
 * begins, so no message can come too early.
 *
 * @public Temporal looks for this name in the module that src/workers/process-bundle.ts adds to the bundle
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  listenForPause();
  return { outbound: [{ continueAsNew: carryOn }] };
};

/** Has the next execution know what this one has taken of the event log. */
async function carryOn(
  input: ContinueAsNewInput,
  next: Next<WorkflowOutboundCallsInterceptor, 'continueAsNew'>,
): Promise<never> {
  const memo = memoOfNext(input.options.memo);
  return next(memo === undefined ? input : { ...input, options: { ...input.options, memo } });
}
