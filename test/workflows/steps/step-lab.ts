import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, beforeEach } from 'vitest';

import { defaultRetryPolicy } from '../../../src/core/retry-policy.ts';
import { createLab, type Lab } from '../../support/lab.ts';
import * as processes from './processes.ts';

const retry = { ...defaultRetryPolicy, maximumAttempts: 3 };
const names = ['a', 'b', 'c', 'undo-a', 'undo-b', 'undo-c'];
const ordinary = names.map((name) => [`shop.${name}`, { timeout: 5_000, retry, quick: false }] as const);

/**
 * The lab of a file's tests, with the small processes beside this file and the operations `shop.*`: opened before the
 * first of them and closed after the last, its services as new for each.
 */
export function useStepLab(): Pick<Lab, 'services' | 'run' | 'view'> {
  let opened: Lab | undefined;
  const lab = (): Lab => {
    if (opened === undefined) throw new Error('the lab is open only while tests run');
    return opened;
  };
  beforeAll(async () => {
    const module = fileURLToPath(new URL('./processes.ts', import.meta.url));
    opened = await createLab({
      processes: Object.keys(processes).map((name) => ({ name, module, exportName: name })),
      settings: { ...Object.fromEntries(ordinary), 'shop.quick': { timeout: 5_000, retry, quick: true } },
    });
  });
  afterAll(() => opened?.close());
  beforeEach(() => {
    lab().services.reset();
  });
  return {
    get services() {
      return lab().services;
    },
    run: (process, args, test) => lab().run(process, args, test),
    view: (handle) => lab().view(handle),
  };
}
