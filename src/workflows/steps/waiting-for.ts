import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

import { searchAttributes } from '../../core/attributes.ts';

const statusKey = defineSearchAttributeKey(searchAttributes.status, SearchAttributeType.KEYWORD);
const waitingForKey = defineSearchAttributeKey(searchAttributes.waitingFor, SearchAttributeType.KEYWORD_LIST);

const decisions = new Set<string>();
const stuckSteps = new Set<string>();
/** `null` until it is asked for: Temporal tells what the run inherits only after its modules are loaded. */
let isPaused: boolean | null = null;
/** What the run's status attribute says now. */
let publishedStatus: 'paused' | 'stuck' | null = null;

/** Says on the run itself that it waits for a decision: visible, and found by a list filter, with every worker down. */
export function beginDecision(name: string): void {
  decisions.add(name);
  publish();
}

export function endDecision(name: string): void {
  decisions.delete(name);
  publish();
}

/** Says on the run itself that a step has failed for good and asks for a person. */
export function beginStuck(step: string): void {
  stuckSteps.add(step);
  publish();
}

export function endStuck(step: string): void {
  stuckSteps.delete(step);
  publish();
}

/** Whether the run says that it begins no further step. */
export function saysPaused(): boolean {
  return (isPaused ??= inheritsPause());
}

/**
 * Says on the run itself that it is paused, or is so no longer.
 *
 * @returns the state that it is in then
 */
export function sayPaused(value: boolean): 'running' | 'paused' | 'stuck' {
  // What the run said before must be known, or the change is not.
  saysPaused();
  isPaused = value;
  const change = statusChange();
  if (change.length > 0) upsertSearchAttributes(change);
  return publishedStatus ?? 'running';
}

/** An execution that continues a paused one is paused from its beginning: its attributes go on with it. */
function inheritsPause(): boolean {
  if (workflowInfo().typedSearchAttributes.get(statusKey) !== 'paused') return false;
  publishedStatus = 'paused';
  return true;
}

function publish(): void {
  const names = [...decisions, ...stuckSteps];
  upsertSearchAttributes([
    { key: waitingForKey, value: names.length === 0 ? null : names },
    ...statusChange(),
  ]);
}

/** A paused run that is stuck says so: what asks for a person comes first, and shows as paused once that is settled. */
function statusChange(): { key: typeof statusKey; value: string | null }[] {
  const unless = saysPaused() ? 'paused' : null;
  const status = stuckSteps.size > 0 ? 'stuck' : unless;
  if (status === publishedStatus) return [];
  publishedStatus = status;
  return [{ key: statusKey, value: status }];
}
