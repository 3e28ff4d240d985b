import { expect, test } from 'vitest';

import { seemsToExport, toExportName, toTypeName } from '../../src/project/process-module.ts';

test.each([
  { name: 'order', exported: 'order', type: 'Order' },
  { name: 'order-fulfilment', exported: 'orderFulfilment', type: 'OrderFulfilment' },
  { name: 'order-2-go', exported: 'order2Go', type: 'Order2Go' },
  { name: 'order-', exported: 'order', type: 'Order' },
])('$name is exported as $exported, its types are named $type…', ({ name, exported, type }) => {
  expect(toExportName(name)).toBe(exported);
  expect(toTypeName(name)).toBe(type);
});

test.each([
  { text: 'export function order() {}', seems: true },
  { text: 'export async function order(input: Input) {}', seems: true },
  { text: 'export const order = async () => {}', seems: true },
  { text: 'const order = 1;\nexport { a, order }', seems: true },
  { text: 'export { other as order } from "./x.ts"', seems: true },
  { text: 'import { a } from "./a.ts"; export async function order() {}', seems: true },
  { text: 'export * from "./x.ts"', seems: true },
  { text: 'function order() {}', seems: false },
  { text: 'export function orderAgain() {}', seems: false },
  { text: '// export function order() {}', seems: false },
])('"$text" exports order: $seems', ({ text, seems }) => {
  expect(seemsToExport(text, 'order')).toBe(seems);
});
