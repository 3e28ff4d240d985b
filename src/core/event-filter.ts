import type { CloudEvent } from './cloud-event.ts';

/** Which events are meant: those that fit every part. One without any part means all. */
export interface EventFilter {
  /** One of these. */
  readonly types?: readonly string[];
  readonly source?: string;
  readonly subject?: string;
  /**
   * Extension attributes and other context attributes, by equality of their texts: an attribute that came in an HTTP
   * header is a text, whatever its producer meant (CloudEvents 1.0.2, HTTP binding, section 3.1.3).
   */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** Whether the event fits the filter; src/events/filter-sql.ts says the same to PostgreSQL. */
export function matchesFilter(filter: EventFilter, event: CloudEvent): boolean {
  const { types, source, subject, attributes = {} } = filter;
  return (
    (types === undefined || types.includes(event.type)) &&
    (source === undefined || source === event.source) &&
    (subject === undefined || subject === event.subject) &&
    Object.entries(attributes).every(([name, value]) => attributeText(event, name) === String(value))
  );
}

/** @returns `null` for what is no attribute of the event */
function attributeText(event: CloudEvent, name: string): string | null {
  if (!Object.hasOwn(event, name) || name === 'data') return null;
  const value = event[name];
  return typeof value === 'object' || value === undefined ? null : String(value);
}
