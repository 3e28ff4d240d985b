import { workflowInfo } from '@temporalio/workflow';

import { memoKeys } from '../../core/attributes.ts';
import { isJsonObject } from '../../core/json.ts';
import type { LogStart } from '../../core/run-events.ts';
import { logStart } from '../run-origin.ts';

/** What a run has taken of the log. */
interface Taken {
  /** Up to here the run looks at nothing any more; `null`: not so far. */
  floor: number | null;
  /** Positions of events behind that, in their order. */
  positions: number[];
}

/**
 * So many events are remembered one by one. With the next one the run passes the earliest of them for good, so that what it
 * sends along with each step stays small. It then no longer finds an event before that which it has not asked for so far.
 */
const mostPositions = 500;

/** `undefined` until it is asked for: Temporal tells what the run inherits only after its modules are loaded. */
let known: Taken | undefined;

/** The events that the run has been given and must not be given again, and where its part of the log begins. */
export function takenEvents(): { readonly since: LogStart; readonly positions: readonly number[] } {
  const { floor, positions } = (known ??= inherited());
  return { since: floor === null ? logStart() : { position: floor }, positions: [...positions] };
}

export function takeEvents(positions: readonly number[]): void {
  known ??= inherited();
  const all = [...new Set([...known.positions, ...positions])].sort((left, right) => left - right);
  const passed = all.slice(0, Math.max(0, all.length - mostPositions));
  known = { floor: passed.at(-1) ?? known.floor, positions: all.slice(passed.length) };
}

/** The memo of the execution that continues this one: its steps must not be given the same events again. */
export function memoOfNext(
  memo: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> | undefined {
  known ??= inherited();
  if (known.positions.length === 0) return memo && { ...memo };
  return { ...(memo ?? workflowInfo().memo), [memoKeys.takenEvents]: known };
}

function inherited(): Taken {
  const memo = workflowInfo().memo?.[memoKeys.takenEvents];
  if (!isJsonObject(memo)) return { floor: null, positions: [] };
  const { floor, positions } = memo;
  const isPosition = (value: unknown): value is number => typeof value === 'number';
  return {
    floor: isPosition(floor) ? floor : null,
    positions: Array.isArray(positions) ? positions.filter(isPosition) : [],
  };
}
