import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  type ActivateInput,
  type Next,
  upsertSearchAttributes,
  workflowInfo,
  type WorkflowInternalsInterceptor,
} from '@temporalio/workflow';
import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';

import { searchAttributes } from '../core/attributes.ts';

const startedAtKey = defineSearchAttributeKey(searchAttributes.startedAt, SearchAttributeType.DATETIME);

/**
 * Makes an interceptor that writes on a run that was reset when it began first. It tells such runs apart, and their start:
 * Temporal's list has the time of the reset, and has the execution that was left behind as well.
 *
 * All that a workflow can see of a reset is that it has other random numbers from there on. The SDK tells no one of it, but
 * makes a new seed at that very place of the history, each time it is replayed too.
 */
export function markResets(): (
  input: ActivateInput,
  next: Next<WorkflowInternalsInterceptor, 'activate'>,
) => void {
  let seed = getActivator().randomnessSeed;
  return (input, next) => {
    const { randomnessSeed } = getActivator();
    if (randomnessSeed !== seed) {
      seed = randomnessSeed;
      upsertSearchAttributes([{ key: startedAtKey, value: workflowInfo().startTime }]);
    }
    next(input);
  };
}
