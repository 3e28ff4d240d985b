import type { CloudEvent } from '../../core/cloud-event.ts';
import { type EventArrival, maximumEventBytes } from '../../core/run-events.ts';
import type { RecordedEvent } from '../recorded-event.ts';

/** An event, and which of those that a step waits for it is. */
export interface FoundEvent {
  readonly part: number;
  readonly recorded: RecordedEvent;
}

/** Makes events ready for the way into a run; all of one message together must fit, so what does not goes without its data. */
export function toArrivals(found: readonly FoundEvent[]): readonly EventArrival[] {
  let room = maximumEventBytes;
  return found.map(({ part, recorded: { position, event } }) => {
    const bytes = Buffer.byteLength(JSON.stringify(event));
    if (bytes > room) return { part, position, event: withoutData(event), bytes };
    room -= bytes;
    return { part, position, event };
  });
}

function withoutData(event: CloudEvent): CloudEvent {
  const attributes = Object.entries(event).filter(([name]) => name !== 'data' && name !== 'data_base64');
  return Object.fromEntries(attributes) as unknown as CloudEvent;
}
