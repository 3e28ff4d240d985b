import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { BatonError } from '../../src/core/errors.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { writeProject } from './fixtures/project-folder.ts';

async function faultsOf(dir: string): Promise<string[]> {
  try {
    await loadProject(dir, {});
  } catch (error) {
    if (error instanceof BatonError) return error.faults.map(({ message }) => message);
    throw error;
  }
  throw new Error('the project was taken');
}

const manifest = 'processes/pay-order.manifest.yaml';
const module = 'processes/pay-order.ts';

describe('a project', () => {
  test('is its catalogue and its processes', async () => {
    const dir = await writeProject();
    const project = await loadProject(dir, {});
    expect(project.dir).toBe(dir);
    expect(Object.keys(project.catalogue)).toEqual(['payment']);
    expect(project.processes).toEqual({
      'pay-order': {
        name: 'pay-order',
        title: 'Pay an order',
        description: '',
        inputSchema: expect.objectContaining({ type: 'object', required: ['lines'] }) as object,
        example: { lines: [{ sku: 'TEA' }] },
        decisions: {
          approval: {
            name: 'approval',
            title: 'Approve it',
            schema: { type: 'object', required: ['approved'], properties: { approved: { type: 'boolean' } } },
          },
        },
        graph: [
          { name: 'approval', kind: 'decision', operation: null, after: [], undo: null, each: false },
          {
            name: 'authorise payment',
            kind: 'call',
            operation: 'payment.authorise',
            after: ['approval'],
            undo: 'payment.void',
            each: false,
          },
        ],
        module: join(dir, module),
        exportName: 'payOrder',
      },
    });
    expect(project.events).toEqual({ types: {}, subscriptions: {}, expectations: [] });
  });

  test('may say what its events are', async () => {
    const dir = await writeProject({ 'events.yaml': 'types: { order.paid: { title: An order was paid } }' });
    const { events } = await loadProject(dir, {});
    expect(events.types).toEqual({
      'order.paid': { name: 'order.paid', title: 'An order was paid', schema: null },
    });
  });

  test('may have its modules in JavaScript', async () => {
    const dir = await writeProject({
      [module]: null,
      'processes/pay-order.js': 'function payOrder() {}\nexport { payOrder };',
    });
    const { processes } = await loadProject(dir, {});
    expect(processes['pay-order']?.module).toBe(join(dir, 'processes/pay-order.js'));
  });

  test.each([
    {
      name: 'a catalogue that is missing',
      changes: { 'services.yaml': null, [manifest]: null, [module]: null, 'processes/notes.md': '' },
      faults: [/^services\.yaml is missing in .*; is this the folder of a project\?$/],
    },
    {
      name: 'no folder of processes',
      changes: { [manifest]: null, [module]: null },
      faults: [/^the folder processes\/ is missing in /],
    },
    {
      name: 'an OpenAPI document that is missing',
      changes: { 'services/payment.yaml': null },
      faults: [
        /^services\.yaml:5:5 \/services\/payment\/openapi is "services\/payment\.yaml"; there is no such file/,
      ],
    },
    {
      name: 'a manifest without a module',
      changes: { [module]: null },
      faults: [
        /^processes\/pay-order\.manifest\.yaml has no module; write processes\/pay-order\.ts that exports payOrder$/,
      ],
    },
    {
      name: 'a module without a manifest',
      changes: { 'processes/money.ts': '' },
      faults: [
        /^processes\/money\.ts has no manifest; write processes\/money\.manifest\.yaml beside it, or, /,
      ],
    },
    {
      name: 'a module that exports something else',
      changes: { [module]: 'export function payTheOrder() {}\nfunction payOrder() {}' },
      faults: [/^processes\/pay-order\.ts must export a function named payOrder$/],
    },
    {
      name: 'a manifest with another ending',
      changes: { 'processes/refund.manifest.yml': 'title: x' },
      faults: [/^processes\/refund\.manifest\.yml must end in \.manifest\.yaml$/],
    },
    {
      name: 'a process named badly',
      changes: {
        'processes/PayOrder.ts': 'export * from "./pay-order.ts";',
        'processes/PayOrder.manifest.yaml': 'title: x\ninput: { type: object }\nexample: {}',
      },
      faults: [/^processes\/PayOrder\.manifest\.yaml must be named with lower-case letters, digits and -/],
    },
    {
      name: 'faults in many files, all at once',
      changes: {
        'services.yaml':
          'services: { payment: { url: nowhere, openapi: services/payment.yaml, operations: { authorise: {} } } }',
        [manifest]:
          'title: 7\ninput: { type: object }\nexample: {}\ngraph: [{ name: pay, operation: payment.autorise }]',
        'processes/money.ts': '',
      },
      faults: [
        /^services\.yaml:1:\d+ \/services\/payment\/url must be a URL/,
        /^processes\/money\.ts has no manifest/,
        /^processes\/pay-order\.manifest\.yaml:1:1 \/title must be a text, not 7$/,
      ],
    },
    {
      name: 'events that are declared wrongly, beside a process that is',
      changes: { 'events.yaml': 'types: { order.paid: {} }', [module]: null },
      faults: [
        /^processes\/pay-order\.manifest\.yaml has no module/,
        /^events\.yaml:1:10 \/types\/order\.paid\/title is missing$/,
      ],
    },
    {
      name: 'events in a file that would be passed over',
      changes: { 'events.yml': 'types: {}' },
      faults: [/^events\.yml must be named events\.yaml$/],
    },
    {
      name: 'a graph with operations of a catalogue that is broken elsewhere',
      changes: {
        'services.yaml':
          'services: { payment: { openapi: services/payment.yaml, operations: { authorise: {} } } }',
        [manifest]:
          'title: x\ninput: { type: object }\nexample: {}\ngraph: [{ name: pay, operation: payment.autorise }]',
      },
      faults: [
        /\/services\/payment\/url is missing$/,
        /^processes\/pay-order\.manifest\.yaml:4:\d+ \/graph\/0\/operation "payment\.autorise" is no operation of services\.yaml; did you mean payment\.authorise\?$/,
      ],
    },
  ])('is refused for $name', async ({ changes, faults }) => {
    const dir = await writeProject(changes);
    expect(await faultsOf(dir)).toEqual(faults.map((fault) => expect.stringMatching(fault) as string));
  });

  test('is refused when its folder is nowhere', async () => {
    expect(await faultsOf('/nowhere/at/all')).toEqual([
      'services.yaml is missing in /nowhere/at/all; is this the folder of a project?',
      'the folder processes/ is missing in /nowhere/at/all',
    ]);
  });
});
