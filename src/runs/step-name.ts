import { decodePayload } from './payload.ts';
import type { HistoryEvent } from './temporal-types.ts';

/** The summary that the Web UI shows beside an event; Baton's steps put their names there. */
export function summaryOf(event: HistoryEvent): string | null {
  const summary = decodePayload(event.userMetadata?.summary);
  return typeof summary === 'string' && summary !== '' ? summary : null;
}

/**
 * The name of a step that Temporal numbered by itself, where a process used Temporal's own functions: its summary, or
 * else what it is and its number.
 */
export function stepName(event: HistoryEvent, id: string, type: string): string {
  if (id !== '' && !/^\d+$/.test(id)) return id;
  return summaryOf(event) ?? `${type}#${id}`;
}
