import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { BatonError } from '../../src/core/errors.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { writeProject } from './fixtures/project-folder.ts';

const module =
  "import { defineReadModel } from 'baton/read-models';\nexport const lateOrders = defineReadModel();\n";

test('the read models of a project are listed, and none is run', async () => {
  const dir = await writeProject({
    'read-models/late-orders.ts': `${module}throw new Error('it was run');`,
    'read-models/payments.js': 'const payments = 1;\nexport { payments };',
    'read-models/payments.d.ts': '',
    'read-models/notes.md': '',
    'read-models/lib/keys.ts': '',
  });
  expect((await loadProject(dir, {})).readModels).toEqual([
    { name: 'late-orders', module: join(dir, 'read-models/late-orders.ts'), exportName: 'lateOrders' },
    { name: 'payments', module: join(dir, 'read-models/payments.js'), exportName: 'payments' },
  ]);
});

test('a project need not have any', async () => {
  expect((await loadProject(await writeProject(), {})).readModels).toEqual([]);
});

test.each([
  ['Orders.ts', 'export const Orders = 1;', /^read-models\/Orders\.ts must be named with lower-case letters/],
  ['orders.test.ts', 'export const orders = 1;', /what is no read model belongs into another folder$/],
  [`${'o'.repeat(41)}.ts`, '', /40 characters at most/],
  [
    'late-orders.ts',
    'export const orders = 1;',
    /^read-models\/late-orders\.ts must export a read model named lateOrders$/,
  ],
])('%s is refused where it is wrong', async (file, text, fault) => {
  const dir = await writeProject({ [`read-models/${file}`]: text });
  const error = await loadProject(dir, {}).catch((thrown: unknown) => thrown);
  expect((error as BatonError).faults.map(({ message }) => message)).toEqual([
    expect.stringMatching(fault) as string,
  ]);
});
