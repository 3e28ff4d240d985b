import { describe, expect, it } from 'vitest';

import { canonicalJson } from '../../src/api/canonical-json.ts';
import type { Json } from '../../src/core/json.ts';

describe('canonicalJson', () => {
  it.each<[Json, string]>([
    [
      { b: 1, a: { d: [2, { z: null, y: 'ü"' }], c: true } },
      '{"a":{"c":true,"d":[2,{"y":"ü\\"","z":null}]},"b":1}',
    ],
    [[], '[]'],
    ['text', '"text"'],
    [1.5, '1.5'],
    [null, 'null'],
  ])('writes %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('does not touch prototypes', () => {
    const value = JSON.parse('{"__proto__":{"polluted":true}}') as Json;
    expect(canonicalJson(value)).toBe('{"__proto__":{"polluted":true}}');
    expect({}).not.toHaveProperty('polluted');
  });
});
