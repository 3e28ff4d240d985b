import { describe, expect, test } from 'vitest';

import { parseManifest } from '../../src/project/parse-manifest.ts';

const operations = ['payment.authorise', 'payment.void', 'stock.reserve'];

function faultsOf(text: string): string[] {
  return parseManifest(text, { file: 'm.yaml', operations }).faults.map(({ message }) => message);
}

function manifest({ input = '{ type: object }', example = '{}', decisions = '{}', graph = '[]' }): string {
  return [
    'title: T',
    `input: ${input}`,
    `example: ${example}`,
    `decisions: ${decisions}`,
    `graph: ${graph}`,
  ].join('\n');
}

test('a manifest without a fault is taken', () => {
  expect(faultsOf(manifest({}))).toEqual([]);
});

describe('a manifest is refused', () => {
  test.each([
    {
      name: 'an unknown field',
      text: `${manifest({})}\ntitel: T`,
      faults: [/^m\.yaml:6:1 \/titel is not a known field; did you mean title\?$/],
    },
    {
      name: 'no example',
      text: 'title: T\ninput: { type: object }',
      faults: [/^m\.yaml:1:1 \/example is missing$/],
    },
    {
      name: 'an input that is no object',
      text: manifest({ input: '{ type: string }', example: 'text' }),
      faults: [/^m\.yaml:2:1 \/input must have "type: object"$/],
    },
    {
      name: 'a schema with an unknown type',
      text: manifest({ input: '{ type: object, properties: { a: { type: strin } } }' }),
      faults: [/^m\.yaml:2:43 \/input\/properties\/a\/type must be .*"string", or must be an array$/],
    },
    {
      name: 'a schema with a misspelt keyword',
      text: manifest({ input: '{ type: object, propertis: {} }' }),
      faults: [/^m\.yaml:2:1 \/input is no JSON Schema \(2020-12\): .*unknown keyword: "propertis"$/],
    },
    {
      name: 'a schema with an unknown format',
      text: manifest({ input: '{ type: object, properties: { a: { type: string, format: emial } } }' }),
      faults: [/\/input is no JSON Schema \(2020-12\): .*"emial"/],
    },
    {
      name: 'a reference to nothing',
      text: manifest({ input: "{ type: object, properties: { a: { $ref: '#/$defs/a' } } }" }),
      faults: [/\/input is no JSON Schema \(2020-12\): .*#\/\$defs\/a/],
    },
    {
      name: 'an example that does not fit',
      text: manifest({ input: '{ type: object, required: [a] }', example: '{ b: 1 }' }),
      faults: [/^m\.yaml:3:1 \/example\/a is required$/],
    },
    {
      name: 'a decision that would take a name of Baton',
      text: manifest({ decisions: '{ baton.steer: { title: T, schema: {} } }' }),
      faults: [
        /^m\.yaml:4:14 \/decisions\/baton\.steer must be named with letters, digits and -, a lower-case letter first$/,
      ],
    },
    {
      name: 'a decision named like the input',
      text: manifest({ decisions: '{ input: { title: T, schema: {} } }' }),
      faults: [/\/decisions\/input must be named .*; "input" is taken by the type of the input$/],
    },
    {
      name: "a decision's broken schema",
      text: manifest({ decisions: '{ approval: { title: T, schema: { minimum: low } } }' }),
      faults: [/\/decisions\/approval\/schema\/minimum must be a number$/],
    },
    {
      name: 'an operation that is not in the catalogue',
      text: manifest({ graph: '[{ name: pay, operation: payment.authorize, undo: payment.viod }]' }),
      faults: [
        /^m\.yaml:5:22 \/graph\/0\/operation "payment\.authorize" is no operation of services\.yaml; did you mean payment\.authorise\?$/,
        /\/graph\/0\/undo "payment\.viod" is no operation of services\.yaml; did you mean payment\.void\?$/,
      ],
    },
    {
      name: 'a step after none',
      text: manifest({
        graph: '[{ name: reserve, operation: stock.reserve }, { name: wait, kind: timer, after: [reserv] }]',
      }),
      faults: [/\/graph\/1\/after\/0 "reserv" is no step of the graph; did you mean reserve\?$/],
    },
    {
      name: 'a name twice',
      text: manifest({ graph: '[{ name: wait, kind: timer }, { name: wait, kind: timer }]' }),
      faults: [/\/graph\/1\/name "wait" is the name of another step already$/],
    },
    {
      name: 'a call without an operation',
      text: manifest({ graph: '[{ name: pay }]' }),
      faults: [/\/graph\/0\/operation is missing; or say "kind: timer", "decision", "emit" or "listen"$/],
    },
    {
      name: 'a timer with an operation',
      text: manifest({ graph: '[{ name: wait, kind: timer, operation: stock.reserve }]' }),
      faults: [/\/graph\/0\/operation is for calls only$/],
    },
    {
      name: 'a decision that is not declared',
      text: manifest({ graph: '[{ name: approval, kind: decision }]' }),
      faults: [/\/graph\/0\/name "approval" is none of the decisions of this manifest; there are none$/],
    },
    {
      name: 'a kind that is none',
      text: manifest({ graph: '[{ name: wait, kind: pause }]' }),
      faults: [/\/graph\/0\/kind must be "call" or .* or "decision".*, not "pause"$/],
    },
    {
      name: 'a circle',
      text: manifest({
        graph:
          '[{ name: a, kind: timer, after: [c] }, { name: b, kind: timer, after: [a] }, { name: c, kind: timer, after: [b] }]',
      }),
      faults: [/^m\.yaml:5:\d+ \/graph\/0\/after goes round in a circle: a → b → c → a$/],
    },
    {
      name: 'a step after itself',
      text: manifest({ graph: '[{ name: a, kind: timer, after: [a] }]' }),
      faults: [/goes round in a circle: a → a$/],
    },
  ])('for $name', ({ text, faults }) => {
    expect(faultsOf(text)).toEqual(faults.map((fault) => expect.stringMatching(fault) as string));
  });

  test('with the faults of its schemas even where its shape is wrong', () => {
    const text = 'input: { type: object, required: [a] }\nexample: {}\ntitel: T';
    expect(faultsOf(text)).toEqual([
      expect.stringContaining('/title is missing'),
      expect.stringContaining('/titel is not a known field'),
      expect.stringContaining('/example/a is required'),
    ]);
  });
});
