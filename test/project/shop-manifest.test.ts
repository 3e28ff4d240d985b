import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { checkGenerated } from '../../src/project/generated-file.ts';
import { validateAgainst } from '../../src/project/json-schema.ts';
import { loadProject } from '../../src/project/load-project.ts';
import type { Project } from '../../src/project/project.ts';

let shop: Project;

beforeAll(async () => {
  shop = await loadProject(join(import.meta.dirname, '../../examples/shop'), {});
});

test("the shop's generated types are what its documents give", async () => {
  expect(await checkGenerated(shop)).toBeNull();
});

describe('an order', () => {
  test.each([
    { name: 'without a card', change: { card: undefined }, fault: '/card is required' },
    {
      name: 'with a card number in words',
      change: { card: 'my card' },
      fault: '/card must match the pattern',
    },
    { name: 'without lines', change: { lines: [] }, fault: '/lines must not be empty' },
    {
      name: 'of nothing',
      change: { lines: [{ sku: 'tea', quantity: 0, unitPrice: 1 }] },
      fault: '/lines/0/quantity must be at least 1',
    },
    {
      name: 'of too much',
      change: { lines: [{ sku: 'tea', quantity: 1001, unitPrice: 1 }] },
      fault: '/lines/0/quantity must be at most 1000',
    },
    {
      name: 'of more than 50 lines',
      change: { lines: Array(51).fill({ sku: 'tea', quantity: 1, unitPrice: 1 }) },
      fault: '/lines must have at most 50 items',
    },
    {
      name: 'with a price in fractions',
      change: { lines: [{ sku: 'tea', quantity: 1, unitPrice: 9.99 }] },
      fault: '/lines/0/unitPrice must be a whole number',
    },
    { name: 'with an id of blanks', change: { orderId: ' ' }, fault: '/orderId must match the pattern' },
    { name: 'in small letters', change: { currency: 'eur' }, fault: '/currency must match the pattern' },
    {
      name: 'with a misspelt field',
      change: { aprovalLimit: 5 },
      fault: '/aprovalLimit is not a known field; did you mean approvalLimit?',
    },
    {
      name: 'with an address that is misspelt and lacks a field',
      change: { customer: { name: 'Ada', emial: 'ada@example.com' } },
      fault: '/customer/email is required',
    },
    {
      name: 'that asks for what cannot be done',
      change: { onShippingFailure: 'ignore' },
      fault: '/onShippingFailure must be "undo" or "hold"',
    },
  ])('$name is refused', ({ change, fault }) => {
    const process = shop.processes['order-fulfilment'];
    const order = { ...(process?.example as object), ...change };
    const faults = validateAgainst(process?.inputSchema ?? {}, JSON.parse(JSON.stringify(order)));
    expect(faults.map(({ message }) => message)).toContainEqual(expect.stringContaining(fault));
  });
});
