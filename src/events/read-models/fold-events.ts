import type { Json } from '../../core/json.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { Definition } from './definition.ts';
import { toRowText } from './row-text.ts';

/** An event that a read model is made of, and the row that it is about. */
export interface KeyedEvent {
  readonly key: string;
  readonly recorded: RecordedEvent;
}

/** Why a read model stands still: its own code failed at this event. */
export interface Failure {
  readonly position: number;
  readonly type: string;
  readonly source: string;
  readonly id: string;
  readonly message: string;
}

/** What became of one row. */
export interface Change {
  /** As JSON; `null` = there is none any more. */
  readonly text: string | null;
  /** Of the last event that changed it. */
  readonly position: number;
}

/** An index of the table holds the key; PostgreSQL takes 2,704 bytes there. */
const maximumKeyBytes = 1_024;

/** A message is kept up to here, in characters. */
const maximumMessage = 2_000;

/**
 * Finds the row that each event is about.
 *
 * @param events of the types that the model is made of
 * @returns those before the first one whose key could not be had; events about no row are left out
 */
export function keyEvents(
  definition: Definition,
  events: readonly RecordedEvent[],
): { readonly keyed: readonly KeyedEvent[]; readonly failure: Failure | null } {
  const keyed: KeyedEvent[] = [];
  for (const recorded of events) {
    try {
      const key = checkKey(definition.keyOf(recorded.event));
      if (key !== null) keyed.push({ key, recorded });
    } catch (error) {
      return { keyed, failure: toFailure(recorded, error) };
    }
  }
  return { keyed, failure: null };
}

/**
 * Applies events to rows, in order, up to the first one whose reducer fails: what came before it counts.
 *
 * @param rows as JSON, those that are there of the keys concerned
 */
export function foldEvents(
  definition: Definition,
  keyed: readonly KeyedEvent[],
  rows: ReadonlyMap<string, string>,
): { readonly changes: ReadonlyMap<string, Change>; readonly failure: Failure | null } {
  const changes = new Map<string, Change>();
  for (const { key, recorded } of keyed) {
    const before = changes.has(key) ? changes.get(key)?.text : rows.get(key);
    try {
      // Read anew each time: what a reducer does to the row it is given stays its own affair.
      const row = before === undefined || before === null ? null : (JSON.parse(before) as Json);
      const text = toRowText(definition.reduce(row, recorded));
      if (text !== (before ?? null)) changes.set(key, { text, position: recorded.position });
    } catch (error) {
      return { changes, failure: toFailure(recorded, error) };
    }
  }
  return { changes, failure: null };
}

function checkKey(key: unknown): string | null {
  if (key === null) return null;
  if (typeof key !== 'string') throw new Error(`key returned ${typeof key}; it must be a text or null`);
  if (key === '') throw new Error('key returned an empty text; return null where an event is about no row');
  if (/[\p{Cc}\p{Cs}]/u.test(key)) throw new Error('key returned a text with control characters');
  if (Buffer.byteLength(key) > maximumKeyBytes) {
    throw new Error(`key returned a text of more than ${maximumKeyBytes} bytes`);
  }
  return key;
}

function toFailure({ position, event: { type, source, id } }: RecordedEvent, error: unknown): Failure {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { position, type, source, id, message: message.slice(0, maximumMessage) };
}
