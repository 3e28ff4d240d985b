import type { CloudEvent } from '../../../src/core/cloud-event.ts';
import { type Definition, toDefinition } from '../../../src/events/read-models/definition.ts';
import type { RecordedEvent } from '../../../src/events/recorded-event.ts';
import { defineReadModel } from '../../../src/read-models/index.ts';
import { sampleEvent } from '../lab.ts';

export interface Order {
  readonly status: string;
  readonly total: number;
  /** Rises with every event, so that one that counted twice, or not at all, shows. */
  readonly changes: number;
  /** Of the event before: order matters. */
  readonly last: string;
}

interface Placed {
  readonly total: number;
}

/** A small model: orders are placed, paid and shipped; a cancelled one is gone. */
export const orders = defineReadModel<Order, { 'order.placed': Placed; 'order.paid': unknown }>({
  title: 'Orders',
  version: 1,
  key: (event) => event.subject ?? null,
  on: {
    'order.placed': (row, { id, data }) => ({
      status: 'placed',
      total: (row?.total ?? 0) + data.total,
      changes: (row?.changes ?? 0) + 1,
      last: id,
    }),
    'order.paid': (row, { id }) => row && { ...row, status: 'paid', changes: row.changes + 1, last: id },
    ...{
      'order.cancelled': () => null,
    },
  },
  indexes: ['status'],
});

/** The model as a deliverer has it, with members changed. */
export function orderModel(changes: Readonly<Record<string, unknown>> = {}): Definition {
  const { name = 'orders', ...rest } = changes;
  return toDefinition(String(name), { ...orders, ...rest });
}

export function placed(subject: string, total = 1): CloudEvent {
  return sampleEvent({ type: 'order.placed', subject, data: { total } });
}

export function paid(subject: string): CloudEvent {
  return sampleEvent({ type: 'order.paid', subject });
}

export function cancelled(subject: string): CloudEvent {
  return sampleEvent({ type: 'order.cancelled', subject });
}

/** Events of many orders, mixed: each order is placed, some are paid, some cancelled, and some placed again. */
export function manyEvents(count: number): readonly CloudEvent[] {
  return Array.from({ length: count }, (_, number) => {
    const subject = `order-${number % 97}`;
    if (number % 11 === 0) return sampleEvent({ type: 'other.happened', subject });
    if (number % 13 === 0) return cancelled(subject);
    return number % 3 === 0 ? paid(subject) : placed(subject, number);
  });
}

/** What the model must hold after these events: computed by a loop, without any of the code that is tested. */
export function expectedRows(events: readonly RecordedEvent[]): ReadonlyMap<string, Order> {
  const rows = new Map<string, Order>();
  for (const { event } of events) {
    const key = event.subject ?? '';
    const before = rows.get(key);
    if (event.type === 'order.cancelled') rows.delete(key);
    if (event.type === 'order.placed') {
      const { total } = event.data as unknown as Placed;
      const changes = (before?.changes ?? 0) + 1;
      rows.set(key, { status: 'placed', total: (before?.total ?? 0) + total, changes, last: event.id });
    }
    if (event.type === 'order.paid' && before !== undefined) {
      rows.set(key, { ...before, status: 'paid', changes: before.changes + 1, last: event.id });
    }
  }
  return rows;
}

/** The same model, at 0.2 milliseconds for an event: a process that fills it can be met in the middle. */
export function slowly(definition: Definition): Definition {
  return {
    ...definition,
    reduce: (row, recorded) => {
      const end = performance.now() + 0.2;
      while (performance.now() < end);
      return definition.reduce(row, recorded);
    },
  };
}
