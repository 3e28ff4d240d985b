import { channels, type Queryable } from '../database.ts';

/**
 * Wakes the deliverers because consumers were made, changed or taken away. Within a transaction it is the commit that wakes
 * them.
 */
export async function announceChange(database: Queryable): Promise<void> {
  await database.query({
    name: 'announce-change',
    text: 'SELECT pg_notify($1, $2)',
    values: [channels.consumers, ''],
  });
}
