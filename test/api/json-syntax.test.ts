import { describe, expect, it } from 'vitest';

import { findJsonFault } from '../../src/api/json-syntax.ts';

describe('findJsonFault', () => {
  it.each([
    ['', 0, 'Expected a value, found the end of the body'],
    ['{"a":1},', 7, 'Expected nothing more, found ","'],
    ['{"a":1,}', 7, 'Expected a name in double quotes, found "}"'],
    ['{a:1}', 1, 'Expected a name in double quotes or "}", found "a"'],
    ['{"a" 1}', 5, 'Expected ":", found "1"'],
    ['{"a":1 "b":2}', 7, 'Expected "," or "}", found "\\""'],
    ['{"a":tru}', 5, 'Expected a value, found "t"'],
    ["{'a':1}", 1, 'Expected a name in double quotes or "}", found "\'"'],
    ['[1,2', 4, 'Expected "," or "]", found the end of the body'],
    ['[1,]', 3, 'Expected a value, found "]"'],
    ['[1}', 2, 'Expected "," or "]", found "}"'],
    ['"abc', 4, 'Expected the rest of a string, found the end of the body'],
    ['"a\\x"', 2, 'Expected the rest of a string, found "\\\\"'],
    ['"a\nb"', 2, 'Expected the rest of a string, found "\\n"'],
    ['01', 1, 'Expected nothing more, found "1"'],
    ['NaN', 0, 'Expected a value, found "N"'],
  ])('finds the fault of %j', (text, offset, message) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(findJsonFault(text)).toMatchObject({ offset, message });
  });

  it('counts lines and columns from 1', () => {
    expect(findJsonFault('{\n  "a": 1,\n  "b": x\n}')).toMatchObject({ line: 3, column: 8 });
  });

  it('gets through what is very long and very deep', () => {
    const text = `${'['.repeat(200_000)}"${'x'.repeat(1_000_000)}" 1`;
    expect(findJsonFault(text).offset).toBe(text.length - 1);
  });
});
