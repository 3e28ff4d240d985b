import type { RunEvents } from '../../core/run-events.ts';
import type { EventLog } from '../event-log.ts';
import { beginWaiting } from './begin-waiting.ts';
import { dropWaits } from './wait-store.ts';

/** What the runs of a worker do with the log. */
export function openRunEvents(log: EventLog): RunEvents {
  return {
    emit: async (event) => {
      const [appended] = await log.append([event]);
      if (appended === undefined) throw new RangeError('an event was appended nowhere');
      return appended.position;
    },
    listen: async (workflowId, input) => beginWaiting(log, workflowId, input),
    unlisten: async (workflowId, step) => dropWaits(log.database, { workflowIds: [workflowId], step }),
  };
}
