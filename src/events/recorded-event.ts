import type { CloudEvent } from '../core/cloud-event.ts';
import type { Json } from '../core/json.ts';

/** An event as the log holds it. */
export interface RecordedEvent {
  /** Its place in the log: later events have larger ones; numbers may be left out. */
  readonly position: number;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  readonly event: CloudEvent;
}

/** The columns that {@link toRecordedEvent} reads. JSON comes as text, to tell `null` from no data at all. */
export const eventColumns = 'position, attributes, data::text AS data, data_base64, recorded_at';

export interface EventRow {
  readonly position: string;
  readonly attributes: Record<string, Json>;
  readonly data: string | null;
  readonly data_base64: string | null;
  readonly recorded_at: Date;
}

export function toRecordedEvent(row: EventRow): RecordedEvent {
  const event = {
    ...row.attributes,
    ...(row.data !== null && { data: JSON.parse(row.data) as Json }),
    ...(row.data_base64 !== null && { data_base64: row.data_base64 }),
  };
  return {
    position: Number(row.position),
    recordedAt: row.recorded_at.toISOString(),
    event: event as unknown as CloudEvent,
  };
}
