import { decodePayload } from './payload.ts';
import type { HistoryEvent } from './temporal-types.ts';

/** The summary that the Web UI shows beside an event; Baton's steps put their names there. */
export function summaryOf(event: HistoryEvent): string | null {
  const summary = decodePayload(event.userMetadata?.summary);
  return typeof summary === 'string' && summary !== '' ? summary : null;
}

/**
 * The name of a call: Baton's steps name their activities. One that Temporal numbered, as where a process used
 * Temporal's own functions, is what it is and its number, for several of them may have one summary.
 */
export function stepName(event: HistoryEvent, id: string, type: string): string {
  return id !== '' && !/^\d+$/.test(id) ? id : `${summaryOf(event) ?? type}#${id}`;
}

/**
 * The name of what Temporal numbers always, such as a local activity: its summary, or else what it is and its number. A
 * quick call and the ordinary one that follows it when it failed are one step by that.
 */
export function summaryOrNumber(event: HistoryEvent, id: string, type: string): string {
  return summaryOf(event) ?? `${type}#${id}`;
}
