import { BatonError } from '../../core/errors.ts';
import type { EventLog } from '../../events/event-log.ts';
import type { ApiDeps } from '../deps.ts';

/** @throws BatonError `event-log-off` where no database is configured */
export function logOf({ eventLog }: ApiDeps): EventLog {
  if (eventLog !== null) return eventLog;
  throw new BatonError(
    'event-log-off',
    'There is no event log here: start this process with DATABASE_URL set',
  );
}
