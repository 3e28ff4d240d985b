import { describe, expect, it } from 'vitest';

import { parseJsonBody } from '../../src/api/json-body.ts';

function faultsOf(text: string): unknown {
  try {
    return parseJsonBody(Buffer.from(text));
  } catch (error) {
    return error;
  }
}

describe('parseJsonBody', () => {
  it.each(['{"a":[1,"ü",null,true]}', '"text"', '0', ' \n{}\n'])('reads %s', (text) => {
    expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
  });

  it('reads past a byte order mark', () => {
    expect(parseJsonBody(Buffer.from('\uFEFF{"a":1}'))).toEqual({ a: 1 });
  });

  it.each([
    ['a broken text', '{"a":', 'malformed-json', ''],
    ['a number that would become infinite', '{"a":[1e999]}', 'invalid-request', '/a/0'],
    [
      'a key that would reach the prototype',
      '{"a":{"__proto__":{"b":1}}}',
      'invalid-request',
      '/a/__proto__',
    ],
    ['the same key in disguise', '{"\\u005f_proto__":1}', 'invalid-request', '/__proto__'],
  ])('refuses %s', (...[, text, code, pointer]) => {
    expect(faultsOf(text)).toMatchObject({ code, faults: [{ pointer }] });
  });

  it('refuses what is nested too deep, at its place', () => {
    const pointer = '/0'.repeat(64);
    expect(faultsOf(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toMatchObject({
      code: 'invalid-request',
      faults: [{ pointer }],
    });
    expect(faultsOf(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeInstanceOf(Array);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseJsonBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not UTF-8');
  });

  it('tells every fault', () => {
    expect(faultsOf('{"a":1e999,"b":[-1e999]}')).toMatchObject({
      faults: [{ pointer: '/a' }, { pointer: '/b/0' }],
    });
  });
});
