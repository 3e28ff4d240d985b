import { expect, test } from 'vitest';

import { toEvent } from '../../../../../../examples/shop/services/shared/events/outbox.ts';
import { toCloudEvent } from '../../../../../../src/core/cloud-event.ts';

const cause = {
  style: 'hybrid',
  causationId: 'e-1',
  runId: 'order/1',
  traceparent: undefined,
  seed: ['request', 'k'],
} as const;
const more = { service: 'inventory', cause, now: new Date(0) };
const fact = { type: 'stock.reserved', orderId: 'A-1', data: { lines: [] } };

test('a fact becomes a CloudEvent that says whose order it is about, and why it happened', () => {
  const { event, faults } = toCloudEvent(toEvent(fact, more));
  expect(faults).toEqual([]);
  expect(event).toEqual({
    specversion: '1.0',
    id: expect.stringMatching(/^[\w-]{22}$/) as string,
    source: '/shop/inventory',
    type: 'stock.reserved',
    subject: 'A-1',
    time: '1970-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    correlationid: 'A-1',
    causationid: 'e-1',
    runid: 'order/1',
    style: 'hybrid',
    data: { orderId: 'A-1', lines: [] },
  });
});

test('the same cause gives the same id to the same type of event, and another one to others', () => {
  const id = (changed: object, seed = cause.seed as readonly string[]): unknown =>
    toEvent({ ...fact, ...changed }, { ...more, cause: { ...cause, seed } })['id'];
  expect(id({})).toBe(id({}));
  expect(id({ type: 'stock.refused' })).not.toBe(id({}));
  expect(id({}, ['request', 'other'])).not.toBe(id({}));
});
