import { describe, expect, test } from 'vitest';

import {
  causeOfEvent,
  causeOfRequest,
} from '../../../../../../examples/shop/services/shared/events/cause.ts';

const request = { idempotencyKey: 'k', traceparent: undefined };
const event = { source: '/shop', id: '1', type: 't', style: undefined, traceparent: undefined, data: {} };

describe('the cause of what a request does', () => {
  test.each([
    [undefined, 'orchestration', undefined, undefined],
    ['style=hybrid,causationid=a%2Fb,runid=order%2F1', 'hybrid', 'a/b', 'order/1'],
    ['style=baroque', 'orchestration', undefined, undefined],
    ['causationid=%00,runid=%0A', 'orchestration', undefined, undefined],
  ])(
    'with the baggage %j is of the style %s, after the event %s, by the run %s',
    (baggage, style, causationId, runId) => {
      expect(causeOfRequest({ ...request, baggage })).toMatchObject({ style, causationId, runId });
    },
  );
});

describe('the cause of what an event does', () => {
  test('is that event, in its style', () => {
    expect(causeOfEvent({ ...event, style: 'hybrid' })).toMatchObject({ style: 'hybrid', causationId: '1' });
  });

  test('is of no process, where the event does not say', () => {
    expect(causeOfEvent(event).style).toBe('choreography');
  });

  test('is another one for another source with the same id', () => {
    expect(causeOfEvent(event).seed).not.toEqual(causeOfEvent({ ...event, source: '/other' }).seed);
  });
});
