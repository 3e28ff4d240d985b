import { fileURLToPath } from 'node:url';

import { defaultRetryPolicy } from '../../../src/core/retry-policy.ts';
import type { ProcessModule } from '../../../src/workers/process-bundle.ts';
import { createLab, type Lab } from '../../support/lab.ts';
import * as eventProcesses from './event-processes.ts';
import * as processes from './processes.ts';

const retry = { ...defaultRetryPolicy, maximumAttempts: 3 };
const names = ['a', 'b', 'c', 'undo-a', 'undo-b', 'undo-c'];
const ordinary = names.map((name) => [`shop.${name}`, { timeout: 5_000, retry, quick: false }] as const);

/** A lab with the small processes of the files beside this one and the operations `shop.*`. */
export async function createStepLab(): Promise<Lab> {
  return createLab({
    processes: [...modules('./processes.ts', processes), ...modules('./event-processes.ts', eventProcesses)],
    settings: { ...Object.fromEntries(ordinary), 'shop.quick': { timeout: 5_000, retry, quick: true } },
  });
}

function modules(file: string, exported: object): readonly ProcessModule[] {
  const module = fileURLToPath(new URL(file, import.meta.url));
  return Object.keys(exported).map((name) => ({ name, module, exportName: name }));
}
