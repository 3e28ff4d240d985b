import { describe, expect, it } from 'vitest';

import { hasJsonData, toCloudEvent } from '../../src/core/cloud-event.ts';

const least = { specversion: '1.0', id: '1', source: '/shop', type: 'order.placed' };

const valid: Record<string, object> = {
  'the least there can be': least,
  'every attribute': {
    ...least,
    subject: 'order 4711 – ü',
    time: '2026-01-31T12:00:00.123+01:00',
    datacontenttype: 'application/json; charset=utf-8',
    dataschema: 'https://example.com/schema.json',
    data: { lines: [] },
  },
  'extensions of every type': { ...least, style: 'hybrid', count: -3, urgent: false, empty: '' },
  'data that is null, false or nothing': { ...least, data: null },
  'text as data': { ...least, datacontenttype: 'text/plain', data: 'hello' },
  'bytes as data': { ...least, datacontenttype: 'image/png', data_base64: 'aGk=' },
};

const invalid: [string, unknown, string[]][] = [
  ['no object', 'event', ['the body must be an event, an object']],
  [
    'nothing in it',
    {},
    ['/specversion is required', '/id is required', '/source is required', '/type is required'],
  ],
  ['another version', { ...least, specversion: '0.3' }, ['/specversion must be "1.0"']],
  ['an empty id', { ...least, id: '' }, ['/id must not be empty']],
  ['an id that is no text', { ...least, id: 7 }, ['/id must be a text']],
  ['an id too long', { ...least, id: 'ü'.repeat(513) }, ['/id may have 1024 bytes at most']],
  ['a source with a space', { ...least, source: 'my shop' }, ['/source must be a URI reference (RFC 3986)']],
  ['a broken escape', { ...least, source: '/a%zz' }, ['/source must be a URI reference (RFC 3986)']],
  ['a control character', { ...least, subject: 'a\u0000b' }, ['/subject must not hold control characters']],
  ['half a character', { ...least, subject: '\ud800' }, ['/subject must not hold control characters']],
  [
    'a time of no month',
    { ...least, time: '2026-13-01T00:00:00Z' },
    ['/time must be a time such as 2026-01-31T12:00:00Z (RFC 3339)'],
  ],
  [
    'a relative schema',
    { ...least, dataschema: 'order.json' },
    ['/dataschema must be an absolute URI (RFC 3986)'],
  ],
  [
    'a name in capitals',
    { ...least, orderId: '1' },
    ['/orderId is no name of an attribute: it may hold a to z and 0 to 9'],
  ],
  [
    'an object as extension',
    { ...least, who: {} },
    ['/who must be a text, a whole number, or true or false'],
  ],
  ['a number with a fraction', { ...least, rate: 0.5 }, ['/rate must be a whole number of 32 bits']],
  [
    'both kinds of data',
    { ...least, data: 1, data_base64: 'aGk=' },
    ['/data_base64 must not come together with data'],
  ],
  [
    'bytes that are none',
    { ...least, data_base64: '!' },
    ['/data_base64 must be Base64 (RFC 4648, section 4)'],
  ],
  [
    'an object declared as text',
    { ...least, datacontenttype: 'text/plain', data: {} },
    ['/data must be a text, for its type is text/plain; other data goes into data_base64'],
  ],
];

describe('an event', () => {
  it.each(Object.entries(valid))('may have %s', (_name, event) => {
    expect(toCloudEvent(event)).toEqual({ event, faults: [] });
  });

  it.each(invalid)('is refused with %s', (_name, event, messages) => {
    const { faults } = toCloudEvent(event);
    expect(faults.map(({ message }) => message)).toEqual(messages);
  });

  it('has its faults where it stands in a batch', () => {
    expect(toCloudEvent({ ...least, type: '' }, '/3').faults).toEqual([
      { pointer: '/3/type', message: '/3/type must not be empty' },
    ]);
  });

  it('has no attribute that is null, as the JSON format says', () => {
    expect(toCloudEvent({ ...least, subject: null, style: null }).event).toEqual(least);
  });
});

describe('data', () => {
  it.each([
    [undefined, true],
    ['application/json', true],
    ['application/vnd.order+json;v=1', true],
    ['text/json; charset=utf-8', true],
    ['text/plain', false],
    ['application/jsonlines', false],
  ])('of the type %s is JSON: %s', (datacontenttype, isJson) => {
    expect(hasJsonData(datacontenttype === undefined ? {} : { datacontenttype })).toBe(isJson);
  });
});
