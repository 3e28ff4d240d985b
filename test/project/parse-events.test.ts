import { describe, expect, test } from 'vitest';

import { defaultDeliveryPolicy } from '../../src/events/subscriptions/subscription.ts';
import { parseEvents } from '../../src/project/parse-events.ts';

const known = { services: ['inventory'], processes: ['reserve-stock'] };

function faultsOf(text: string): string[] {
  return parseEvents(text, known).faults.map(({ message }) => message);
}

function parseFile(text: string): ReturnType<typeof parseEvents> {
  return parseEvents(text, known);
}

describe('events.yaml', () => {
  test('declares types of events, with a schema or without', () => {
    const { value, faults } = parseFile(`
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
    expect(parseFile('{}').value).toEqual({ types: {}, subscriptions: {}, expectations: [] });
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

describe('subscriptions in events.yaml', () => {
  test('are declared with filter, target, retry policy and where they begin', () => {
    const { value, faults } = parseFile(`
subscriptions:
  inventory:
    filter: { types: [order.placed], attributes: { style: choreography } }
    target: { service: { name: inventory, path: /events, secret: INVENTORY_EVENTS_KEY } }
    retry: { initialInterval: 1 s, maximumAttempts: 3 }
    startAt: beginning
  reserve-stock:
    target: { process: { name: reserve-stock } }
`);
    expect(faults).toEqual([]);
    expect(value?.subscriptions).toEqual({
      inventory: {
        subscription: {
          name: 'inventory',
          filter: { types: ['order.placed'], attributes: { style: 'choreography' } },
          target: { kind: 'service', service: 'inventory', path: '/events', secret: 'INVENTORY_EVENTS_KEY' },
          retry: { ...defaultDeliveryPolicy, initialInterval: 1_000, maximumAttempts: 3 },
        },
        startAt: 'beginning',
      },
      'reserve-stock': {
        subscription: {
          name: 'reserve-stock',
          filter: {},
          target: { kind: 'process', process: 'reserve-stock' },
          retry: defaultDeliveryPolicy,
        },
        startAt: 'now',
      },
    });
  });

  test.each([
    [
      '{ target: { service: { name: inventry, path: / } } }',
      /is no service of the project; did you mean inventory\?$/,
    ],
    ['{ target: { process: { name: other } } }', /\/target\/process\/name is no process of the project/],
    ['{ target: {} }', /\/target must have one of: http/],
    [
      '{ target: { process: { name: reserve-stock } }, startAt: soon }',
      /\/startAt must be "now" or "beginning"/,
    ],
  ])('are refused when they are %s', (subscription, fault) => {
    expect(faultsOf(`subscriptions: { mine: ${subscription} }`)).toEqual([expect.stringMatching(fault)]);
  });

  test('are refused under a name that is none', () => {
    expect(faultsOf('subscriptions: { "a b": { target: { process: { name: reserve-stock } } } }')).toEqual([
      expect.stringMatching(/\/subscriptions\/a b may hold 1 to 100 of a to z/),
    ]);
  });
});

describe('expectations in events.yaml', () => {
  test('say what should come after which event, and how soon', () => {
    const { value, faults } = parseFile(`
expectations:
  stock-answers:
    after: order.placed
    where: { style: choreography, retries: 2 }
    expect: [stock.reserved, stock.refused]
    within: 30 s
  shipped: { after: order.paid, expect: [order.shipped], within: 2 days }
`);
    expect(faults).toEqual([]);
    expect(value?.expectations).toEqual([
      {
        name: 'stock-answers',
        after: 'order.placed',
        where: { style: 'choreography', retries: 2 },
        expect: ['stock.reserved', 'stock.refused'],
        within: 30_000,
      },
      { name: 'shipped', after: 'order.paid', where: {}, expect: ['order.shipped'], within: 172_800_000 },
    ]);
  });

  test.each([
    ['{ after: a, expect: [b] }', /\/expectations\/mine\/within is missing$/],
    ['{ after: a, expect: [b], within: soon }', /\/within must be a duration such as/],
    ['{ after: a, expect: [b], within: 0 }', /\/within must be longer than nothing$/],
    ['{ after: a, expect: [], within: 1 s }', /\/expect must name one type of events at least$/],
    ['{ after: a, expect: b, within: 1 s }', /\/expect must be a list, not "b"$/],
    [
      '{ after: a, expect: [b], within: 1 s, were: {} }',
      /\/were is not a known field; did you mean where\?$/,
    ],
    [
      '{ after: a, expect: [b], within: 1 s, where: { Style: x } }',
      /\/where\/Style is no name of an attribute/,
    ],
  ])('are refused when they are %s', (expectation, fault) => {
    expect(faultsOf(`expectations: { mine: ${expectation} }`)).toEqual([expect.stringMatching(fault)]);
  });

  test('are refused under a name that is none', () => {
    expect(faultsOf('expectations: { "a b": { after: a, expect: [b], within: 1 s } }')).toEqual([
      expect.stringMatching(/\/expectations\/a b may hold 1 to 100 of a to z/),
    ]);
  });
});
