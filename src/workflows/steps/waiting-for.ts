import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

import { searchAttributes } from '../../core/attributes.ts';
import { tellDetails } from './current-details.ts';
import type { Waits } from './details-text.ts';

const statusKey = defineSearchAttributeKey(searchAttributes.status, SearchAttributeType.KEYWORD);
const waitingForKey = defineSearchAttributeKey(searchAttributes.waitingFor, SearchAttributeType.KEYWORD_LIST);

type Decision = Waits['decisions'][number];
type Stuck = Waits['stuck'][number];

/** By name. */
const decisions = new Map<string, Decision>();
const stuckSteps = new Map<string, Stuck>();
/** `null` until it is asked for: Temporal tells what the run inherits only after its modules are loaded. */
let isPaused: boolean | null = null;
/** Milliseconds since 1970; `null` = from its beginning. */
let pausedSince: number | null = null;
/** What the run's status attribute says now. */
let publishedStatus: 'paused' | 'stuck' | null = null;

/**
 * Says on the run itself that it waits for a decision: visible, and found by a list filter, with every worker down.
 *
 * @param patience milliseconds until its default counts; `null` = it waits for as long as it takes
 */
export function beginDecision(name: string, patience: number | null): void {
  const since = Date.now();
  decisions.set(name, { name, since, until: patience === null ? null : since + patience });
  publish();
}

export function endDecision(name: string): void {
  decisions.delete(name);
  publish();
}

/** Says on the run itself that a step has failed for good and asks for a person. */
export function beginStuck(step: string, allowed: Stuck['allowed']): void {
  stuckSteps.set(step, { step, since: Date.now(), allowed });
  publish();
}

export function endStuck(step: string): void {
  stuckSteps.delete(step);
  publish();
}

/** Whether the run says that it begins no further step. */
export function saysPaused(): boolean {
  if (isPaused === null) {
    isPaused = inheritsPause();
    if (isPaused) tell();
  }
  return isPaused;
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
  pausedSince = Date.now();
  const change = statusChange();
  if (change.length > 0) upsertSearchAttributes(change);
  tell();
  return publishedStatus ?? 'running';
}

/** An execution that continues a paused one is paused from its beginning: its attributes go on with it. */
function inheritsPause(): boolean {
  if (workflowInfo().typedSearchAttributes.get(statusKey) !== 'paused') return false;
  publishedStatus = 'paused';
  return true;
}

function publish(): void {
  const names = [...decisions.keys(), ...stuckSteps.keys()];
  upsertSearchAttributes([
    { key: waitingForKey, value: names.length === 0 ? null : names },
    ...statusChange(),
  ]);
  tell();
}

function tell(): void {
  tellDetails({
    ...{ decisions: [...decisions.values()], stuck: [...stuckSteps.values()] },
    pausedSince: saysPaused() ? pausedSince : undefined,
  });
}

/** A paused run that is stuck says so: what asks for a person comes first, and shows as paused once that is settled. */
function statusChange(): { key: typeof statusKey; value: string | null }[] {
  const unless = saysPaused() ? 'paused' : null;
  const status = stuckSteps.size > 0 ? 'stuck' : unless;
  if (status === publishedStatus) return [];
  publishedStatus = status;
  return [{ key: statusKey, value: status }];
}
