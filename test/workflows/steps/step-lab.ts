import { fileURLToPath } from 'node:url';

import { defaultRetryPolicy } from '../../../src/core/retry-policy.ts';
import { createLab, type Lab } from '../../support/lab.ts';
import * as processes from './processes.ts';

const retry = { ...defaultRetryPolicy, maximumAttempts: 3 };
const names = ['a', 'b', 'c', 'undo-a', 'undo-b', 'undo-c'];
const ordinary = names.map((name) => [`shop.${name}`, { timeout: 5_000, retry, quick: false }] as const);

/** A lab with the small processes beside this file and the operations `shop.*`. */
export async function createStepLab(): Promise<Lab> {
  const module = fileURLToPath(new URL('./processes.ts', import.meta.url));
  return createLab({
    processes: Object.keys(processes).map((name) => ({ name, module, exportName: name })),
    settings: { ...Object.fromEntries(ordinary), 'shop.quick': { timeout: 5_000, retry, quick: true } },
  });
}
