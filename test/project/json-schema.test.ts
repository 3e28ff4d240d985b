import { describe, expect, test } from 'vitest';

import { validateAgainst } from '../../src/project/json-schema.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['customer'],
  properties: {
    customer: {
      type: 'object',
      additionalProperties: false,
      required: ['email'],
      properties: { name: { type: 'string', minLength: 1 }, email: { type: 'string', format: 'email' } },
    },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
      items: { type: 'object', properties: { quantity: { type: 'integer', minimum: 1, maximum: 9 } } },
    },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    onFailure: { enum: ['undo', 'hold'] },
    note: { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }] },
    weight: { type: ['number', 'null'], exclusiveMinimum: 0 },
    terms: { const: true },
    payment: { anyOf: [{ $ref: '#/$defs/card' }, { const: 'cash' }] },
    both: { oneOf: [{ type: 'number' }, { type: 'integer' }] },
  },
  $defs: {
    card: { type: 'object', required: ['token'], properties: { token: { type: 'string' } } },
  },
} as const;

const customer = { email: 'ada@example.com' };

describe('a value is held against a schema', () => {
  test('and has no fault when it is valid', () => {
    expect(validateAgainst(schema, { customer, lines: [{ quantity: 1 }], note: null, weight: 1 })).toEqual(
      [],
    );
  });

  test.each([
    { value: 7, faults: ['the value must be an object'] },
    { value: {}, faults: ['/customer is required'] },
    { value: { customer: {} }, faults: ['/customer/email is required'] },
    {
      value: { customer: { email: 'ada@example.com', emial: 'x' } },
      faults: ['/customer/emial is not a known field; did you mean email?'],
    },
    { value: { customer: { email: 'ada' } }, faults: ['/customer/email must be in the format "email"'] },
    { value: { customer: { ...customer, name: '' } }, faults: ['/customer/name must not be empty'] },
    { value: { customer, lines: [] }, faults: ['/lines must not be empty'] },
    { value: { customer, lines: {} }, faults: ['/lines must be an array'] },
    { value: { customer, lines: [{}, { a: 1 }, { a: 2 }] }, faults: ['/lines must have at most 2 items'] },
    {
      value: { customer, lines: [{ a: 1 }, { a: 1 }] },
      faults: ['/lines must not have an item twice; items 0 and 1 are the same'],
    },
    { value: { customer, lines: [{ quantity: 0 }] }, faults: ['/lines/0/quantity must be at least 1'] },
    { value: { customer, lines: [{ quantity: 10 }] }, faults: ['/lines/0/quantity must be at most 9'] },
    { value: { customer, lines: [{ quantity: 1.5 }] }, faults: ['/lines/0/quantity must be a whole number'] },
    { value: { customer, currency: 'eur' }, faults: ['/currency must match the pattern ^[A-Z]{3}$'] },
    { value: { customer, onFailure: 'stop' }, faults: ['/onFailure must be "undo" or "hold"'] },
    { value: { customer, note: 7 }, faults: ['/note must be a string, or must be null'] },
    {
      value: { customer, note: 'long' },
      faults: ['/note must have at most 3 characters, or must be null'],
    },
    { value: { customer, payment: {} }, faults: ['/payment token is required, or must be "cash"'] },
    { value: { customer, weight: 'x' }, faults: ['/weight must be a number or null'] },
    { value: { customer, weight: 0 }, faults: ['/weight must be more than 0'] },
    { value: { customer, terms: false }, faults: ['/terms must be true'] },
    {
      value: { customer, both: 1 },
      faults: ['/both must fit exactly one of the alternatives, and fits several'],
    },
    { value: { 'a/b': 1, customer }, faults: ['/a~1b is not a known field; there are: '] },
  ])('and $faults is said of $value', ({ value, faults }) => {
    expect(validateAgainst(schema, value).map(({ message }) => message)).toEqual(
      faults.map((fault) => expect.stringContaining(fault) as string),
    );
  });

  test('with all of its faults at once, under the place where the client sent it', () => {
    expect(validateAgainst(schema, { customer: {}, lines: [{ quantity: 'x' }] }, '/input')).toEqual([
      { pointer: '/input/customer/email', message: '/input/customer/email is required' },
      { pointer: '/input/lines/0/quantity', message: '/input/lines/0/quantity must be a whole number' },
    ]);
  });

  test('with no more faults than a person can read', () => {
    const many = { type: 'array', items: { type: 'string' } };
    expect(validateAgainst(many, Array(5000).fill(7))).toHaveLength(100);
  });

  test('with no defaults put in: what was sent stays as it is', () => {
    const value = {};
    validateAgainst({ type: 'object', properties: { limit: { type: 'integer', default: 1 } } }, value);
    expect(value).toEqual({});
  });
});
