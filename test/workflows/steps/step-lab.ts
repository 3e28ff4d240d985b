import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, beforeEach } from 'vitest';

import { defaultRetryPolicy } from '../../../src/core/retry-policy.ts';
import type { ProcessModule } from '../../../src/workers/process-bundle.ts';
import { createLab, type Lab } from '../../support/lab.ts';
import * as eventProcesses from './event-processes.ts';
import * as processes from './processes.ts';

const retry = { ...defaultRetryPolicy, maximumAttempts: 3 };
const names = ['a', 'b', 'c', 'undo-a', 'undo-b', 'undo-c'];
const ordinary = names.map((name) => [`shop.${name}`, { timeout: 5_000, retry, quick: false }] as const);

/** What `order.counted` must hold, the one type of events that is declared here. */
const counted = {
  type: 'object',
  required: ['orderId', 'pieces'],
  properties: { orderId: { type: 'string' }, pieces: { type: 'integer', minimum: 1 } },
};

/**
 * The lab of a file's tests, with the small processes of the files beside this one and the operations `shop.*`: opened
 * before the first of them and closed after the last, its services and its event log as new for each.
 */
export function useStepLab(): Omit<Lab, 'bundle' | 'close'> {
  let opened: Lab | undefined;
  const lab = (): Lab => {
    if (opened === undefined) throw new Error('the lab is open only while tests run');
    return opened;
  };
  beforeAll(async () => {
    opened = await createLab({
      processes: [
        ...modules('./processes.ts', processes),
        ...modules('./event-processes.ts', eventProcesses),
      ],
      eventTypes: { 'order.counted': { name: 'order.counted', title: 'Counted', schema: counted } },
      settings: { ...Object.fromEntries(ordinary), 'shop.quick': { timeout: 5_000, retry, quick: true } },
    });
  });
  afterAll(() => opened?.close());
  beforeEach(() => {
    lab().services.reset();
    lab().events.reset();
  });
  return {
    get environment() {
      return lab().environment;
    },
    get services() {
      return lab().services;
    },
    get events() {
      return lab().events;
    },
    run: (process, args, test) => lab().run(process, args, test),
    view: (handle) => lab().view(handle),
  };
}

function modules(file: string, exported: object): readonly ProcessModule[] {
  const module = fileURLToPath(new URL(file, import.meta.url));
  return Object.keys(exported).map((name) => ({ name, module, exportName: name }));
}
