import { describe, expect, it } from 'vitest';

import { decodeFirst, decodePayload, decodeText } from '../../src/runs/payload.ts';
import { payload, payloads } from './events.ts';

describe('decodePayload', () => {
  it.each([
    ['JSON', payload({ a: [1, null, 'ä'] }), { a: [1, null, 'ä'] }],
    ['JSON of a protocol message', payload({ a: 1 }, 'json/protobuf'), { a: 1 }],
    ['a value that is not there', payload(undefined, 'binary/null'), null],
    ['no payload', undefined, null],
    ['an encrypted value', payload('x', 'binary/encrypted'), { encoding: 'binary/encrypted' }],
    ['a value without an encoding', {}, { encoding: '' }],
    ['broken JSON', { ...payload(1), data: new TextEncoder().encode('{') }, { encoding: 'json/plain' }],
  ])('shows %s', (_case, value, shown) => {
    expect(decodePayload(value)).toEqual(shown);
  });
});

describe('decodeFirst', () => {
  it('takes the first of several, and null of none', () => {
    expect(decodeFirst(payloads('a', 'b'))).toBe('a');
    expect(decodeFirst({ payloads: [] })).toBeNull();
    expect(decodeFirst(null)).toBeNull();
  });
});

describe('decodeText', () => {
  it.each([
    ['a text', payload('o-1'), 'o-1'],
    ['a text in a list', payload(['o-1']), 'o-1'],
    ['an empty list', payload([]), null],
    ['a removed value', payload(null), null],
    ['a number', payload(7), null],
  ])('reads %s', (_case, value, text) => {
    expect(decodeText({ key: value }, 'key')).toBe(text);
  });
});
