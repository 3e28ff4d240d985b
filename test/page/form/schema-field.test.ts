import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/core/json.ts';
import { emptyValue, type Field, fieldOf, pointerTo, resolve } from '../../../src/page/form/schema-field.ts';
import { loadShop, orderProcess } from '../../support/shop.ts';

const root: JsonObject = {
  $defs: {
    text: { type: 'string', description: 'One line' },
    again: { $ref: '#/$defs/text' },
    round: { $ref: '#/$defs/round' },
    'a/b': { type: 'boolean' },
  },
};

describe('the field of a schema', () => {
  it.each<[JsonObject, Field]>([
    [{ type: 'string' }, { kind: 'text', isLong: false }],
    [
      { type: 'string', maxLength: 5_000 },
      { kind: 'text', isLong: true },
    ],
    [{ type: 'integer' }, { kind: 'number' }],
    [{ type: 'number' }, { kind: 'number' }],
    [{ type: 'boolean' }, { kind: 'yes-no' }],
    [{ enum: ['a', 1, null] }, { kind: 'choice', options: ['a', 1, null] }],
    [
      { type: 'string', enum: ['a'] },
      { kind: 'choice', options: ['a'] },
    ],
    [{ const: 3 }, { kind: 'choice', options: [3] }],
    [
      { type: 'array', items: { type: 'string' } },
      { kind: 'list', item: { type: 'string' } },
    ],
    [{ $ref: '#/$defs/again' }, { kind: 'text', isLong: false }],
    [{ $ref: '#/$defs/a~1b' }, { kind: 'yes-no' }],
    [
      { type: 'object', properties: { a: { type: 'string' }, b: true }, required: ['a'] },
      {
        kind: 'object',
        members: [
          { name: 'a', schema: { type: 'string' }, isRequired: true },
          { name: 'b', schema: {}, isRequired: false },
        ],
      },
    ],
    [{}, { kind: 'json' }],
    [{ type: ['string', 'null'] }, { kind: 'json' }],
    [{ type: 'object' }, { kind: 'json' }],
    [{ type: 'array' }, { kind: 'json' }],
    [{ oneOf: [{ type: 'string' }] }, { kind: 'json' }],
    [{ type: 'object', properties: {}, if: {} }, { kind: 'json' }],
    [{ $ref: '#/$defs/round' }, { kind: 'json' }],
    [{ $ref: '#/$defs/nowhere' }, { kind: 'json' }],
    [{ $ref: 'https://example.com/schema' }, { kind: 'json' }],
  ])('of %j', (schema, field) => {
    expect(fieldOf(schema, root)).toEqual(field);
  });

  it('keeps what stands beside a reference', () => {
    expect(resolve({ $ref: '#/$defs/text', description: 'A name' }, root)).toEqual({
      type: 'string',
      description: 'A name',
    });
  });

  it('is there for everything in an order', async () => {
    const { inputSchema } = orderProcess(await loadShop());
    const kinds = (schema: JsonObject): string[] => {
      const field = fieldOf(schema, inputSchema);
      if (field.kind === 'object') return field.members.flatMap((member) => kinds(member.schema));
      return field.kind === 'list' ? kinds(field.item) : [field.kind];
    };
    expect(new Set(kinds(inputSchema))).toEqual(new Set(['text', 'number', 'choice']));
  });
});

describe('a form that begins empty', () => {
  it('shows required objects only', () => {
    const schema: JsonObject = {
      type: 'object',
      required: ['to', 'lines', 'name'],
      properties: {
        to: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        from: { type: 'object', properties: {} },
        lines: { type: 'array', items: {} },
        name: { type: 'string' },
      },
    };
    expect(emptyValue(schema, schema)).toEqual({ to: { city: undefined }, lines: [], name: undefined });
  });
});

it('points as JSON pointers do', () => {
  expect(pointerTo(pointerTo('/input', 'a/b~c'), 0)).toBe('/input/a~1b~0c/0');
});
