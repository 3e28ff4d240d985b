import { isJsonObject } from '../core/json.ts';
import { decodeFirst } from './payload.ts';
import { type HistoryEvent, toMilliseconds } from './temporal-types.ts';

const markerName = 'core_local_activity';

/** What the SDK writes of a local activity when it has ended; see `coresdk.external_data.LocalActivityMarkerData`. */
export interface MarkerData {
  readonly id: string;
  readonly type: string;
  readonly attempt: number;
  /** By the worker's clock, in milliseconds since 1970. */
  readonly scheduled: number;
  /** By the run's own time, in milliseconds since 1970. */
  readonly completed: number;
  /** Milliseconds until it is tried again, where the wait was too long for the worker to stay with it. */
  readonly backoff: number | null;
}

/** @returns `null` for any event that is not the end of a local activity */
export function readMarker({ markerRecordedEventAttributes: marker }: HistoryEvent): MarkerData | null {
  if (marker?.markerName !== markerName) return null;
  const data = decodeFirst(marker.details?.['data']);
  if (!isJsonObject(data)) return null;
  const { activity_id: id, activity_type: type, attempt, backoff } = data;
  const completed = readTime(data['complete_time']);
  const scheduled = readTime(data['original_schedule_time']) ?? completed;
  if (typeof id !== 'string' || typeof type !== 'string' || scheduled === null) return null;
  return {
    id,
    type,
    attempt: typeof attempt === 'number' ? attempt : 1,
    scheduled,
    completed: completed ?? scheduled,
    backoff: readTime(backoff),
  };
}

function readTime(value: unknown): number | null {
  return isJsonObject(value) ? toMilliseconds(value) : null;
}
