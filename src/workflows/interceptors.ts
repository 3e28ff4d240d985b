import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

import { listenForPause } from './steps/pause.ts';

/**
 * What every run has, also one whose process uses no step of Baton's: Temporal makes its interceptors before the process
 * begins, so no message can come too early.
 *
 * @public Temporal looks for this name in the module that src/workers/process-bundle.ts adds to the bundle
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  listenForPause();
  return {};
};
