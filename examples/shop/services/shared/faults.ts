import { setTimeout } from 'node:timers/promises';

import { Problem } from './problem.ts';

/** A failure that was asked for; the document tells what each member means. */
export interface Fault {
  readonly operation: string;
  readonly status?: number;
  readonly delayMs?: number;
  readonly drop?: true;
  readonly times: number | null;
  readonly at: Moment;
  readonly orderId?: string;
  readonly retryAfter?: number;
}

type Moment = 'before' | 'after';

/** The connection is to be cut without an answer. */
export class DroppedAnswer extends Error {
  override readonly name = 'DroppedAnswer';
}

export interface Faults {
  list(): readonly Fault[];
  add(fault: Fault): void;
  clear(): void;
  /**
   * Lets the first fault that fits happen.
   *
   * @throws Problem or DroppedAnswer, as the fault has it
   */
  strike(at: Moment, request: { operation: string; orderId: string | undefined }): Promise<void>;
}

export function createFaults(): Faults {
  let faults: { readonly fault: Fault; left: number }[] = [];

  return {
    list: () => faults.map(({ fault, left }) => ({ ...fault, times: fault.times === null ? null : left })),
    add: (fault) => {
      faults.push({ fault, left: fault.times ?? Infinity });
    },
    clear: () => {
      faults = [];
    },
    strike: async (at, { operation, orderId }) => {
      const next = faults.find(
        ({ fault }) =>
          fault.at === at && fault.operation === operation && [undefined, orderId].includes(fault.orderId),
      );
      if (next === undefined) return;
      next.left -= 1;
      faults = faults.filter(({ left }) => left > 0);
      await happen(next.fault);
    },
  };
}

async function happen({ delayMs, drop, status, retryAfter }: Fault): Promise<void> {
  // A service that stops does not wait for it.
  if (delayMs !== undefined) await setTimeout(delayMs, undefined, { ref: false });
  if (drop === true) throw new DroppedAnswer();
  if (status === undefined) return;
  throw new Problem(status, 'fault-on-demand', {
    detail: 'This failure was asked for by POST /faults; DELETE /faults ends it',
    headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
  });
}
