import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

import { createOrder, createShopLab } from '../support/shop.ts';
import { recordings, shipped } from './recordings.ts';

/**
 * Records a history of each way through the shop's process under this version's name: `npx tsx --conditions
 * baton-source test/replay/record.ts`. Histories of earlier versions are never recorded again.
 */
const { version } = JSON.parse(
  await readFile(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
) as { version: string };
const folder = fileURLToPath(new URL(`./histories/${version}`, import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where and by whom it was recorded does not belong in it. */
const anonymous = (history: string): string =>
  history.replaceAll(root, '').replace(/"identity": "[^"]*"/g, '"identity": "recorder"');

const lab = await createShopLab();
await mkdir(folder, { recursive: true });
for (const { name, order, services, person } of recordings) {
  lab.services.reset();
  lab.services.on('shipping.create', shipped);
  for (const [operation, behaviour] of Object.entries(services ?? {})) lab.services.on(operation, behaviour);
  const input = { ...createOrder(lab.project, 'o-1'), ...order };
  await lab.run('order-fulfilment', [input], async (handle) => {
    await person?.(handle);
    // The outcome is part of the history, a failure too.
    await handle.result().catch(() => undefined);
    const history = historyToJSON(await handle.fetchHistory());
    await writeFile(join(folder, `${name}.json`), `${anonymous(history)}\n`);
  });
  console.log(name);
}
await lab.close();
