import { describe, expect, it } from 'vitest';

import type { Json } from '../../src/core/json.ts';
import { readMarker } from '../../src/runs/local-activity-marker.ts';
import { event, payloads, start } from './events.ts';

const time = (second: number): { seconds: number; nanos: number } => ({
  seconds: start / 1_000 + second,
  nanos: 500_000_000,
});

const data = {
  activity_id: '3',
  activity_type: 'inventory.check',
  attempt: 2,
  original_schedule_time: time(1),
  complete_time: time(2),
};

function read(value: Json, markerName = 'core_local_activity'): ReturnType<typeof readMarker> {
  return readMarker(
    event(1, { markerRecordedEventAttributes: { markerName, details: { data: payloads(value) } } }),
  );
}

describe('the marker of a local activity', () => {
  const marker = {
    ...{ id: '3', type: 'inventory.check', attempt: 2, scheduled: start + 1_500, completed: start + 2_500 },
    backoff: null,
  };
  it.each<[string, Json, object]>([
    ['all that it says', data, marker],
    [
      'the wait for its next attempt',
      { ...data, backoff: { seconds: 90, nanos: 0 } },
      { ...marker, backoff: 90_000 },
    ],
    ['a first attempt where none is counted', { ...data, attempt: null }, { ...marker, attempt: 1 }],
    [
      'its end for its beginning, where only that is known',
      { ...data, original_schedule_time: null },
      { ...marker, scheduled: start + 2_500 },
    ],
    [
      'its beginning for its end, where only that is known',
      { ...data, complete_time: null },
      { ...marker, completed: start + 1_500 },
    ],
  ])('is read for %s', (_case, value, read_) => {
    expect(read(value)).toEqual(read_);
  });

  it.each<[string, Json]>([
    ['without a time', { ...data, original_schedule_time: null, complete_time: null }],
    ['without an id', { ...data, activity_id: null }],
    ['without a type', { ...data, activity_type: null }],
    ['that is no object', 'x'],
  ])('%s is passed over', (_case, value) => {
    expect(read(value)).toBeNull();
  });

  it('is told from other markers and events', () => {
    expect(read(data, 'core_patch')).toBeNull();
    expect(readMarker(event(1, {}))).toBeNull();
  });
});
