import { describe, expect, test } from 'vitest';

import { Problem } from '../../../../../../examples/shop/services/shared/problem.ts';
import { readEvent } from '../../../../../../examples/shop/services/shared/events/shop-event.ts';
import type { CloudEvent } from '../../../../../../src/core/cloud-event.ts';
import { toBinaryMessage } from '../../../../../../src/events/subscriptions/binary-message.ts';

const event: CloudEvent = {
  specversion: '1.0',
  id: 'Łódź 100 %',
  source: '/shop',
  type: 'order.placed',
  style: 'hybrid',
  data: { orderId: 'A-1' },
};

const read = ({ headers, body }: ReturnType<typeof toBinaryMessage>): unknown =>
  readEvent({ ...headers }, Buffer.from(body ?? ''));

const { headers } = toBinaryMessage(event);

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));

/** Where the faults are. */
function faultsOf(given: Readonly<Record<string, string>>, body: string): readonly string[] {
  try {
    readEvent(given, Buffer.from(body));
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors.map(({ pointer }) => pointer);
  }
}

describe('an event in binary mode', () => {
  test('is read as the log sent it, with its escapes taken out', () => {
    expect(read(toBinaryMessage(event))).toEqual({
      id: 'Łódź 100 %',
      source: '/shop',
      type: 'order.placed',
      style: 'hybrid',
      traceparent: undefined,
      data: { orderId: 'A-1' },
    });
  });

  test('may have no data', () => {
    expect(read({ headers: without('content-type'), body: null })).toMatchObject({
      id: 'Łódź 100 %',
      data: undefined,
    });
  });

  const refusals: [string, { given: Record<string, string>; body: string; faults: string[] }][] = [
    ['without an id', { given: without('ce-id'), body: '{}', faults: ['ce-id'] }],
    ['with an empty id', { given: { ...headers, 'ce-id': '' }, body: '{}', faults: ['ce-id'] }],
    [
      'with escapes that are none',
      { given: { ...headers, 'ce-style': '%ff' }, body: '{}', faults: ['ce-style'] },
    ],
    [
      'of another version',
      { given: { ...headers, 'ce-specversion': '0.3' }, body: '{}', faults: ['ce-specversion'] },
    ],
    ['with data that is no JSON', { given: headers, body: '{', faults: [''] }],
    [
      'with data of another type',
      { given: { ...headers, 'content-type': 'text/plain' }, body: 'x', faults: ['content-type'] },
    ],
    ['that is none', { given: {}, body: '', faults: ['ce-source', 'ce-id', 'ce-type', 'ce-specversion'] }],
  ];
  test.each(refusals)('%s is refused by name', (_title, { given, body, faults }) => {
    expect(faultsOf(given, body)).toEqual(faults);
  });
});
