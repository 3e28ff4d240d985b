import { describe, expect, it } from 'vitest';

import { type FormValue, TypedJson, writeJson } from '../../../src/page/form/json-text.ts';

describe('what a form holds, as JSON', () => {
  it.each<[string, FormValue, unknown]>([
    ['values', { a: [1, 'two', true, null], b: {} }, { a: [1, 'two', true, null], b: {} }],
    ['nothing for what is left out', { a: undefined, b: 1 }, { b: 1 }],
    ['null for an element that is left out', [undefined, 1], [null, 1]],
    ['names with quotes', { 'a"\n': [] }, { 'a"\n': [] }],
  ])('has %s', (_case, value, json) => {
    expect(JSON.parse(writeJson(value))).toEqual(json);
  });

  it('has every digit that was typed', () => {
    expect(writeJson({ n: new TypedJson('12345678901234567890.10') })).toContain('12345678901234567890.10');
  });

  it('has what is no JSON as it was typed', () => {
    expect(writeJson({ input: new TypedJson('{"a": ') })).toBe('{\n  "input": {"a": \n}');
  });

  it('reads well', () => {
    expect(writeJson({ a: [1], b: {} })).toBe('{\n  "a": [\n    1\n  ],\n  "b": {}\n}');
  });
});
