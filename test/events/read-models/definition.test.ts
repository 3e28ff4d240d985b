import { describe, expect, it } from 'vitest';

import { BatonError } from '../../../src/core/errors.ts';
import { toDefinition } from '../../../src/events/read-models/definition.ts';
import { orders } from './order-model.ts';

function faultsOf(name: string, exported: unknown): readonly string[] {
  try {
    toDefinition(name, exported);
  } catch (error) {
    if (error instanceof BatonError) return error.faults.map(({ message }) => message);
    throw error;
  }
  return [];
}

interface Wrong {
  readonly what: string;
  readonly name?: string;
  readonly exported?: unknown;
  readonly faults: readonly RegExp[];
}

describe('the definition of a read model', () => {
  it('is taken as defineReadModel makes it', () => {
    expect(toDefinition('all-orders', orders)).toMatchObject({
      ...{ name: 'all-orders', title: 'Orders', version: 1, indexes: ['status'] },
      types: ['order.placed', 'order.paid', 'order.cancelled'],
    });
    expect(toDefinition('orders', { ...orders, indexes: undefined }).indexes).toEqual([]);
  });

  it.each<Wrong>([
    { what: 'nothing', exported: undefined, faults: [/^orders: must be made by defineReadModel/] },
    { what: 'another name', name: 'Orders', faults: [/must be named with lower-case letters/] },
    { what: 'a long name', name: 'o'.repeat(41), faults: [/40 characters at most/] },
    { what: 'no title', exported: { ...orders, title: '' }, faults: [/title must be a text/] },
    {
      what: 'a version that is none',
      exported: { ...orders, version: '1' },
      faults: [/a whole number from 1/],
    },
    { what: 'a version before the first', exported: { ...orders, version: 0 }, faults: [/version must be/] },
    { what: 'no key', exported: { ...orders, key: 'subject' }, faults: [/key must be a function/] },
    { what: 'no reducer', exported: { ...orders, on: {} }, faults: [/a reducer for at least one type/] },
    {
      what: 'a reducer that is none',
      exported: { ...orders, on: { a: 1 } },
      faults: [/on\["a"\] must be a function/],
    },
    {
      what: 'an index of a reserved name',
      exported: { ...orders, indexes: ['limit'] },
      faults: [/must not be limit/],
    },
    { what: 'an index twice', exported: { ...orders, indexes: ['a', 'a'] }, faults: [/indexes has a twice/] },
    {
      what: 'indexes without a name',
      exported: { ...orders, indexes: ['a', 7, ''] },
      faults: [/\[1\]/, /\[2\]/],
    },
    {
      what: 'too many indexes',
      exported: { ...orders, indexes: Array.from({ length: 21 }, String) },
      faults: [/20/],
    },
    {
      what: 'all at once',
      exported: { title: 1, version: 1.5, on: 1 },
      faults: [/title/, /version/, /key/, /on/],
    },
  ])('is refused with every fault: $what', ({ name = 'orders', faults, ...wrong }) => {
    const found = faultsOf(name, 'exported' in wrong ? wrong.exported : orders);
    expect(found).toHaveLength(faults.length);
    for (const [place, fault] of faults.entries()) expect(found[place]).toMatch(fault);
  });
});
