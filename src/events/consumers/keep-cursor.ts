import { type EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Database } from '../database.ts';
import { type Lease, saveCursor } from './lease.ts';

/** The cursor is written down when it moved, but no sooner again, in milliseconds; after a crash what came since is repeated. */
const saveEvery = 100;

/**
 * Writes down how far a holder has come, each time it says `moved`, until the signal is aborted.
 *
 * @throws LeaseLost; BatonError `database-unavailable`
 */
export async function keepCursor({
  database,
  lease,
  progress,
  moved,
  signal,
}: {
  readonly database: Database;
  readonly lease: Lease;
  readonly progress: { readonly cursor: number };
  readonly moved: EventEmitter;
  readonly signal: AbortSignal;
}): Promise<void> {
  let saved = lease.cursor;
  while (!signal.aborted) {
    const { cursor } = progress;
    if (cursor === saved) {
      await once(moved, 'moved', { signal }).catch(() => undefined);
      continue;
    }
    await saveCursor(database, lease, cursor);
    saved = cursor;
    await sleep(saveEvery, undefined, { signal }).catch(() => undefined);
  }
}
