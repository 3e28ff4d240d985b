import type { CloudEvent } from '../../core/cloud-event.ts';

/** The key of the business case that an event belongs to; `null` where it names none. */
export function caseKey({ subject, correlationid }: CloudEvent): string | null {
  if (typeof correlationid === 'string' && correlationid !== '') return correlationid;
  return subject ?? null;
}
