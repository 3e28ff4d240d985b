import { matchesPattern } from '../../core/event-pattern.ts';
import type { ArrivalMessage } from '../../core/run-events.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import { toArrivals } from './to-arrivals.ts';
import type { EndedWait, Wait } from './wait-store.ts';

/** A run that is to be told of an event, and the waits that are over then. */
export interface Telling {
  readonly workflowId: string;
  readonly message: ArrivalMessage;
  readonly ends: EndedWait;
}

/**
 * Decides who is told of which event: of each wait the first event that fits; of a step that any event will do for, the
 * first that fits any of its waits.
 *
 * @param events in their order
 */
export function pairWaits(events: readonly RecordedEvent[], waits: readonly Wait[]): readonly Telling[] {
  const byEvent = new Map<string, Wait[]>();
  for (const wait of waits) {
    const key = keyOf(wait.pattern.type, wait.pattern.subject);
    const others = byEvent.get(key);
    if (others === undefined) byEvent.set(key, [wait]);
    else others.push(wait);
  }
  const over = new Set<string>();
  return events.flatMap((recorded) => {
    const { type, subject } = recorded.event;
    const keys = new Set([keyOf(type, subject), keyOf(type, undefined)]);
    return [...keys]
      .flatMap((key) => byEvent.get(key) ?? [])
      .filter((wait) => {
        const name = nameOf(wait);
        if (over.has(name) || !isMeant(wait, recorded)) return false;
        over.add(name);
        return true;
      })
      .map((wait) => toTelling(wait, recorded));
  });
}

function isMeant({ pattern, after, taken }: Wait, { position, event }: RecordedEvent): boolean {
  return position > after && !taken.includes(position) && matchesPattern(pattern, event);
}

function toTelling(wait: Wait, recorded: RecordedEvent): Telling {
  const { workflowId, step, part, registration, needsAll } = wait;
  const [arrival] = toArrivals([{ part, recorded }]);
  if (arrival === undefined) throw new RangeError('an event has become none');
  return {
    workflowId,
    message: { step, ...arrival },
    ends: { workflowId, step, registration, part: needsAll ? part : null },
  };
}

/** What one event is enough for. */
function nameOf({ workflowId, step, part, registration, needsAll }: Wait): string {
  return JSON.stringify([workflowId, step, registration, needsAll ? part : null]);
}

function keyOf(type: string, subject: string | undefined): string {
  return JSON.stringify([type, subject]);
}
