import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';

import { searchAttributes } from '../../core/attributes.ts';

const statusKey = defineSearchAttributeKey(searchAttributes.status, SearchAttributeType.KEYWORD);
const waitingForKey = defineSearchAttributeKey(searchAttributes.waitingFor, SearchAttributeType.KEYWORD_LIST);

const decisions = new Set<string>();
const stuckSteps = new Set<string>();
let stuckIsPublished = false;

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

function publish(): void {
  const names = [...decisions, ...stuckSteps];
  const isStuck = stuckSteps.size > 0;
  upsertSearchAttributes([
    { key: waitingForKey, value: names.length === 0 ? null : names },
    ...(isStuck === stuckIsPublished ? [] : [{ key: statusKey, value: isStuck ? 'stuck' : null }]),
  ]);
  stuckIsPublished = isStuck;
}
