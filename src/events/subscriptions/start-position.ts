import type { Queryable } from '../database.ts';
import { positionBefore, readHead } from '../read-events.ts';
import type { StartPosition } from './subscription.ts';

/** The position behind which a subscription begins. */
export async function positionOf(database: Queryable, start: StartPosition): Promise<number> {
  if (start === 'beginning') return 0;
  const head = await readHead(database);
  if (start === 'now') return head;
  return 'time' in start ? positionBefore(database, start.time) : Math.min(start.position, head);
}
