import { describe, expect, it } from 'vitest';

import { NoRow, toRowText } from '../../../src/events/read-models/row-text.ts';

class Money {
  readonly cents = 1;
}

const deep = (levels: number): object => (levels === 0 ? {} : { deep: deep(levels - 1) });

describe('what a reducer returns', () => {
  it.each([
    ['nothing any more', null, null],
    ['a row', { a: [1, 'b', null, { c: true }] }, '{"a":[1,"b",null,{"c":true}]}'],
    ['an undefined member, which is left out', { a: undefined, b: 1 }, '{"b":1}'],
    ['texts that PostgreSQL does not take as they are', { a: '\u0000\ud800' }, '{"a":"\\u0000\\ud800"}'],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }) as object, '{"a":1}'],
  ])('is kept: %s', (_, value, text) => {
    expect(toRowText(value)).toBe(text);
  });

  it.each([
    ['nothing at all', undefined, /returned undefined; return the row, or null/],
    ['a promise', Promise.resolve({}), /must be synchronous/],
    ['a text', 'row', /returned a string; a row is a JSON object/],
    ['a list', [], /returned a list; a row is a JSON object/],
    ['a date', { at: new Date(0) }, /row\.at is a Date \(write date\.toISOString\(\)\)/],
    ['no number', { a: [Number.NaN] }, /row\.a\[0\] is NaN/],
    ['an endless number', { a: { b: Infinity } }, /row\.a\.b is Infinity/],
    ['a big integer', { a: 1n }, /row\.a is a bigint/],
    ['a function', { a: () => 1 }, /row\.a is a function/],
    ['a symbol', { a: Symbol('s') }, /row\.a is a symbol/],
    ['a map', { a: new Map() }, /row\.a is an object of a class/],
    ['an object of a class', { a: new Money() }, /row\.a is an object of a class/],
    ['undefined in a list', { a: [1, undefined] }, /row\.a\[1\] is a undefined/],
    ['a hole in a list', { a: Array(1) }, /row\.a\[0\] is a undefined/],
    ['what is nested too deeply', deep(100), /nested deeper than 100 levels/],
  ])('is refused: %s', (_, value, message) => {
    expect(() => toRowText(value)).toThrow(NoRow);
    expect(() => toRowText(value)).toThrow(message);
  });
});
