import { describe, expect, it } from 'vitest';

import type { Definition } from '../../../src/events/read-models/definition.ts';
import { type Change, foldEvents, keyEvents } from '../../../src/events/read-models/fold-events.ts';
import type { RecordedEvent } from '../../../src/events/recorded-event.ts';
import { expectedRows, manyEvents, orderModel } from './order-model.ts';

const recorded: readonly RecordedEvent[] = manyEvents(400).map((event, number) => ({
  ...{ event, position: number * 2 + 1 },
  recordedAt: '2026-01-31T12:00:00.000Z',
}));

/** As the log is asked for them. */
function concerning({ types }: Definition): readonly RecordedEvent[] {
  return recorded.filter(({ event }) => types.includes(event.type));
}

/** Folds in batches of this size, each on what the ones before it have left. */
function foldInBatches(size: number, definition = orderModel()): ReadonlyMap<string, Change> {
  const table = new Map<string, Change>();
  const events = concerning(definition);
  for (let from = 0; from < events.length; from += size) {
    const { keyed } = keyEvents(definition, events.slice(from, from + size));
    const rows = new Map(
      [...table].flatMap(([key, { text }]) => (text === null ? [] : [[key, text] as const])),
    );
    for (const [key, change] of foldEvents(definition, keyed, rows).changes) table.set(key, change);
  }
  return new Map([...table].filter(([, { text }]) => text !== null));
}

describe('a fold of events', () => {
  it.each([1, 7, 400])('gives the same in batches of %i', (size) => {
    const changes = foldInBatches(size);
    const rows = new Map([...changes].map(([key, { text }]) => [key, JSON.parse(text ?? '') as unknown]));
    expect(rows).toEqual(expectedRows(recorded));
    expect(changes).toEqual(foldInBatches(50));
  });

  it('is the same whatever a reducer does to the row it is given', () => {
    const seen: { count: number }[] = [];
    const spoiling = orderModel({
      on: {
        'order.placed': (row: { count: number } | null) => {
          const next = row ?? { count: 0 };
          for (const earlier of seen) earlier.count = -1;
          seen.push(next);
          next.count += 1;
          return next;
        },
      },
    });
    expect(foldInBatches(400, spoiling)).toEqual(foldInBatches(1, spoiling));
  });

  it('tells a reducer where the event stands', () => {
    const places: unknown[] = [];
    const looking = orderModel({
      on: { 'order.placed': (_row: unknown, _event: unknown, place: unknown) => (places.push(place), null) },
    });
    foldInBatches(400, looking);
    const first = recorded.find(({ event }) => event.type === 'order.placed');
    expect(places[0]).toEqual({ position: first?.position, recordedAt: first?.recordedAt });
  });

  it('passes an unchanged row over', () => {
    const [event] = recorded.filter(({ event: { type } }) => type === 'order.placed');
    if (event === undefined) throw new Error('there is no event');
    const same = orderModel({ on: { 'order.placed': (row: unknown) => row } });
    const rows = new Map([['a', '{"b":1}']]);
    expect(foldEvents(same, [{ key: 'a', recorded: event }], rows).changes).toEqual(new Map());
  });

  it('ends in front of the first event that fails, with what came before', () => {
    const at = recorded.findIndex(
      ({ event: { type }, position }) => type === 'order.placed' && position > 20,
    );
    const failing = recorded[at];
    const definition = orderModel({
      on: {
        'order.placed': (_row: unknown, event: { id: string }) => {
          if (event.id === failing?.event.id) throw new RangeError('x'.repeat(5_000));
          return { id: event.id };
        },
      },
    });
    const { keyed } = keyEvents(definition, concerning(definition));
    const { changes, failure } = foldEvents(definition, keyed, new Map());
    expect(failure).toMatchObject({ position: failing?.position, id: failing?.event.id });
    expect(failure?.message).toMatch(/^RangeError: x+$/);
    expect(failure?.message).toHaveLength(2_000);
    expect([...changes.values()].every(({ position }) => position < (failing?.position ?? 0))).toBe(true);
    expect(changes.size).toBeGreaterThan(0);
  });
});
