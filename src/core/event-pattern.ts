import type { CloudEvent } from './cloud-event.ts';
import { type EventFilter, matchesFilter } from './event-filter.ts';
import { isJsonObject, isSameJson, type JsonObject } from './json.ts';

/** Which events a run waits for: those that fit every part. */
export interface EventPattern {
  readonly type: string;
  readonly source?: string;
  /** Left out: any subject, or none. */
  readonly subject?: string;
  /** Context attributes, by equality of their texts. */
  readonly attributes?: NonNullable<EventFilter['attributes']>;
  /** Members that the event's data must have, each equal to what is said here; other members do not matter. */
  readonly data?: JsonObject;
}

export function matchesPattern(pattern: EventPattern, event: CloudEvent): boolean {
  return matchesFilter(toFilter(pattern), event) && hasMembers(event.data, pattern.data);
}

/** What of a pattern the log can look up by itself: all but the data. */
export function toFilter({ type, source, subject, attributes }: EventPattern): EventFilter {
  return {
    types: [type],
    ...(source !== undefined && { source }),
    ...(subject !== undefined && { subject }),
    ...(attributes !== undefined && { attributes }),
  };
}

function hasMembers(data: CloudEvent['data'], members: JsonObject | undefined): boolean {
  if (members === undefined) return true;
  if (!isJsonObject(data)) return false;
  return Object.entries(members).every(
    ([name, value]) => Object.hasOwn(data, name) && isSameJson(data[name], value),
  );
}
