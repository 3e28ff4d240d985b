import { type Database, transact } from './database.ts';

/** Any number that no other user of the database takes for a lock. */
const migrationLock = 2_026_001;

/** Makes the tables that are missing. May run again, and in several processes at once. */
export async function migrate(database: Database, scripts: readonly string[]): Promise<void> {
  await transact(database, async (transaction) => {
    // CREATE … IF NOT EXISTS alone fails when two try it at the same moment.
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    for (const script of scripts) await transaction.query(script);
  });
}
