import { describe, expect, test } from 'vitest';

import {
  causeOfEvent,
  causeOfRequest,
} from '../../../../../../examples/shop/services/shared/events/cause.ts';

const request = { idempotencyKey: 'k', traceparent: undefined };
const event = { source: '/shop', id: '1', type: 't', style: undefined, traceparent: undefined, data: {} };

describe('the cause of what a request does', () => {
  const unsaid = { style: 'orchestration', causationId: undefined, runId: undefined };
  test.each([
    [undefined, unsaid],
    [
      'style=hybrid,causationid=a%2Fb,runid=order%2F1',
      { style: 'hybrid', causationId: 'a/b', runId: 'order/1' },
    ],
    ['style=baroque', unsaid],
    ['causationid=%00,runid=%0A', unsaid],
  ])('is what the baggage %j says of style, event and run', (baggage, said) => {
    expect(causeOfRequest({ ...request, baggage })).toMatchObject(said);
  });

  test('is of no process, where the event does not say', () => {
    expect(causeOfEvent(event).style).toBe('choreography');
  });

  test('is another one for another source with the same id', () => {
    expect(causeOfEvent(event).seed).not.toEqual(causeOfEvent({ ...event, source: '/other' }).seed);
  });
});
