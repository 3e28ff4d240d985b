import { Counter, type Registry } from 'prom-client';

import type { CloudEvent } from '../../core/cloud-event.ts';
import type { ProjectEvents } from '../../project/project.ts';

/** Counts events that are new in the log. Types that are not declared share one series, so that senders make none. */
export function countAppended(registry: Registry, { types }: ProjectEvents): (event: CloudEvent) => void {
  const counter = new Counter({
    name: 'baton_events_appended_total',
    help: 'Events that came to this API and were new to the log, by declared type; all others are "other"',
    labelNames: ['type'],
    registers: [registry],
  });
  // A series that begins at 0 has a rate from its first event on.
  for (const type of [...Object.keys(types), 'other']) counter.inc({ type }, 0);
  return ({ type }) => {
    counter.inc({ type: Object.hasOwn(types, type) ? type : 'other' });
  };
}
