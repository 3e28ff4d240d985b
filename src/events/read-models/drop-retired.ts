import pg from 'pg';
import type { Logger } from 'pino';

import type { Database } from '../database.ts';
import { forgetGeneration, retiredOf } from './generation-store.ts';

/** SQLSTATE of a lock that was not to be had in time. */
const lockNotAvailable = '55P03';

/**
 * Drops the tables of generations that were replaced. Who reads one at that moment reads again in its successor. A table that
 * someone holds for longer, such as a backup, is left for the next time: waiting for it would hold up every reader behind.
 */
export async function dropRetired(database: Database, readModel: string, log: Logger): Promise<void> {
  for (const id of await retiredOf(database, readModel)) {
    try {
      await database.transact(async (transaction) => {
        await transaction.query({ text: "SET LOCAL lock_timeout = '1s'" });
        await forgetGeneration(transaction, id);
      });
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === lockNotAvailable)) throw error;
      log.info({ ...id }, 'a table that was replaced is in use; it is dropped later');
    }
  }
}
