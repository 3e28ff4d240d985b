import { z } from 'zod';

import type { Transaction } from '../database.ts';
import type { Fact } from './fact.ts';
import { invalidEvent, type ShopEvent } from './shop-event.ts';

/** What a service does about a type of events. */
export interface Reaction {
  /** The operation that it amounts to: faults on demand strike both. */
  readonly operation: string | undefined;
  /**
   * Changes rows, and tells what has happened by it; all in one transaction, together with the memory that the event was
   * handled. Throwing takes everything back.
   *
   * @throws Problem when nothing but a person can help; anything else is worth another attempt
   */
  react(transaction: Transaction, event: ShopEvent): Promise<readonly Fact[]>;
}

/** The part of the data that every event of the shop has. */
export const orderData = z.object({ orderId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/) });

/**
 * Makes a reaction that reads no more of the data than it needs: what others add to their events is no concern of it.
 *
 * @param data of the event, the needed part
 */
export function reactTo<Data>(
  data: z.ZodType<Data>,
  react: (transaction: Transaction, data: Data) => Promise<readonly Fact[]>,
  operation?: string,
): Reaction {
  return {
    operation,
    react: async (transaction, event) => {
      const read = data.safeParse(event.data);
      if (read.success) return react(transaction, read.data);
      throw invalidEvent(
        read.error.issues.map(({ path, message }) => ({
          pointer: path.map((part) => `/${String(part)}`).join(''),
          message,
        })),
      );
    },
  };
}
