import { describe, expect, test } from 'vitest';

import { parseEvents } from '../../src/project/parse-events.ts';

function faultsOf(text: string): string[] {
  return parseEvents(text).faults.map(({ message }) => message);
}

describe('events.yaml', () => {
  test('declares types of events, with a schema or without', () => {
    const { value, faults } = parseEvents(`
types:
  order.placed:
    title: An order was placed
    schema: { type: object, required: [orderId], properties: { orderId: { type: string } } }
  order.seen: { title: Someone looked at an order }
`);
    expect(faults).toEqual([]);
    expect(value?.types).toEqual({
      'order.placed': {
        name: 'order.placed',
        title: 'An order was placed',
        schema: { type: 'object', required: ['orderId'], properties: { orderId: { type: 'string' } } },
      },
      'order.seen': { name: 'order.seen', title: 'Someone looked at an order', schema: null },
    });
  });

  test('may say nothing yet', () => {
    expect(parseEvents('{}').value).toEqual({ types: {} });
  });

  test.each([
    { name: 'an empty file', text: '', faults: [/^events\.yaml:1:1 must be an object, not null$/] },
    { name: 'a list', text: '- order.placed', faults: [/^events\.yaml:1:1 must be an object, not \[/] },
    { name: 'broken YAML', text: 'types: {', faults: [/^events\.yaml:1:9 is not valid YAML: /] },
    {
      name: 'a part that there is not',
      text: 'tpyes: {}',
      faults: [/^events\.yaml:1:1 \/tpyes is not a known field; did you mean types\?$/],
    },
    {
      name: 'types that are a list',
      text: 'types: [order.placed]',
      faults: [/^events\.yaml:1:1 \/types must be an object, not \["order\.placed"\]$/],
    },
    {
      name: 'a type without a title',
      text: 'types:\n  order.placed: { schema: { type: object } }',
      faults: [/^events\.yaml:2:3 \/types\/order\.placed\/title is missing$/],
    },
    {
      name: 'a type with an empty title, and a field that there is not',
      text: 'types:\n  order.placed:\n    title: ""\n    shema: {}',
      faults: [
        /^events\.yaml:3:5 \/types\/order\.placed\/title must not be empty$/,
        /^events\.yaml:4:5 \/types\/order\.placed\/shema is not a known field; did you mean schema\?$/,
      ],
    },
    {
      name: 'a name that no event may have',
      text: `types:\n  "a\\nb": { title: T }\n  ${'ä'.repeat(600)}: { title: T }`,
      faults: [
        /^events\.yaml:2:3 \/types\/a\nb must be a type as events have it/,
        /^events\.yaml:3:3 \/types\/ä+ must be a type as events have it/,
      ],
    },
    {
      name: 'schemas that are none, beside a fault of the shape',
      text: 'types:\n  a: { schema: { type: strin } }\n  b: { title: B, schema: { propertis: {} } }',
      faults: [
        /^events\.yaml:2:3 \/types\/a\/title is missing$/,
        /^events\.yaml:2:18 \/types\/a\/schema\/type must be .*"string"/,
        /^events\.yaml:3:18 \/types\/b\/schema is no JSON Schema \(2020-12\): .*unknown keyword: "propertis"$/,
      ],
    },
  ])('is refused for $name', ({ text, faults }) => {
    expect(faultsOf(text)).toEqual(faults.map((fault) => expect.stringMatching(fault) as string));
  });
});
