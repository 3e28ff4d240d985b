import { describe, expect, it } from 'vitest';

import { toBinaryMessage } from '../../../src/events/subscriptions/binary-message.ts';

const least = { specversion: '1.0', id: '1', source: '/shop', type: 'order.placed' } as const;
const headers = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/shop', 'ce-type': 'order.placed' };

describe('an event in binary mode', () => {
  it('has its attributes in headers and its data in the body', () => {
    expect(toBinaryMessage({ ...least, subject: '4711', urgent: true, count: 3, data: { a: 1 } })).toEqual({
      headers: {
        ...headers,
        'ce-subject': '4711',
        'ce-urgent': 'true',
        'ce-count': '3',
        'content-type': 'application/json',
      },
      body: '{"a":1}',
    });
  });

  it.each([
    ['no data at all', {}, undefined, null],
    ['null', { data: null }, 'application/json', 'null'],
    ['false', { data: false }, 'application/json', 'false'],
    ['a JSON text', { data: 'a' }, 'application/json', '"a"'],
    [
      'JSON of its own type',
      { data: 'a', datacontenttype: 'application/a+json' },
      'application/a+json',
      '"a"',
    ],
    ['plain text', { data: 'a', datacontenttype: 'text/plain' }, 'text/plain', 'a'],
    ['bytes', { data_base64: 'aGk=', datacontenttype: 'image/png' }, 'image/png', Buffer.from('hi')],
    ['a type without data', { datacontenttype: 'text/plain' }, 'text/plain', null],
  ] as const)('sends %s', (...[, event, type, body]) => {
    expect(toBinaryMessage({ ...least, ...event })).toEqual({
      headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
      body,
    });
  });

  it.each([
    ['Grüße', 'Gr%C3%BC%C3%9Fe'],
    ['a b', 'a%20b'],
    ['100% "sure"', '100%25%20%22sure%22'],
    ['€ 😀', '%E2%82%AC%20%F0%9F%98%80'],
  ])('writes %j as %s', (subject, header) => {
    expect(toBinaryMessage({ ...least, subject }).headers['ce-subject']).toBe(header);
    expect(decodeURIComponent(header)).toBe(subject);
  });
});
