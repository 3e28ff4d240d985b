import { workflowInfo } from '@temporalio/workflow';

import { memoKeys } from '../../core/attributes.ts';
import { isJsonObject } from '../../core/json.ts';
import type { LogStart } from '../../core/run-events.ts';
import { logStart } from '../run-origin.ts';
import { addTaken, type TakenPositions } from './taken-positions.ts';

/** `undefined` until it is asked for: Temporal tells what the run inherits only after its modules are loaded. */
let known: TakenPositions | undefined;

/** The events that the run has been given and must not be given again, and where its part of the log begins. */
export function takenEvents(): { readonly since: LogStart; readonly positions: readonly number[] } {
  const { floor, positions } = (known ??= inherited());
  return { since: floor === null ? logStart() : { position: floor }, positions: [...positions] };
}

export function takeEvents(positions: readonly number[]): void {
  known = addTaken(known ?? inherited(), positions);
}

/** The memo of the execution that continues this one: its steps must not be given the same events again. */
export function memoOfNext(
  memo: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> | undefined {
  known ??= inherited();
  if (known.positions.length === 0) return memo && { ...memo };
  return { ...(memo ?? workflowInfo().memo), [memoKeys.takenEvents]: known };
}

function inherited(): TakenPositions {
  const memo = workflowInfo().memo?.[memoKeys.takenEvents];
  if (!isJsonObject(memo)) return { floor: null, positions: [] };
  const { floor, positions } = memo;
  const isPosition = (value: unknown): value is number => typeof value === 'number';
  return {
    floor: isPosition(floor) ? floor : null,
    positions: Array.isArray(positions) ? positions.filter(isPosition) : [],
  };
}
