import type { HistoryEvent } from './temporal-types.ts';

/** Takes the events of one kind, in order, and ignores all others. */
export type EventFold = (event: HistoryEvent, at: string) => void;
