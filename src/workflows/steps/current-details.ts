import { getCurrentDetails, setCurrentDetails, workflowInfo } from '@temporalio/workflow';

import { detailsText, type Waits } from './details-text.ts';

/** What the process itself said, which stays below. */
let own = '';
let written = '';

/**
 * Says what the run waits for in Temporal's current details, which the Web UI shows. They are no part of history: no event
 * is written, and a replay says them again. A worker must be up to tell them, for they are the answer of a query, which is
 * why Baton's own view reads search attributes and events instead.
 */
export function tellDetails(waits: Waits): void {
  const before = getCurrentDetails();
  if (before !== written) own = before;
  const parts = [detailsText(workflowInfo().workflowId, waits), own];
  written = parts.filter((part) => part !== '').join('\n\n');
  setCurrentDetails(written);
}
