import { toCloudEvent } from '../../core/cloud-event.ts';
import type { EventPattern } from '../../core/event-pattern.ts';
import { businessKey } from '../run-origin.ts';
import { StepFailed } from './step-failed.ts';

/** Which events a step waits for: those that fit every part. */
export interface ListenFilter extends Omit<EventPattern, 'subject'> {
  /** What the event is about. Left out: the run's business key, where it has one; `null`: anything, or nothing. */
  readonly subject?: string | null;
}

/** @throws StepFailed `invalid-call` for a filter that no event could ever fit */
export function toPatterns(step: string, filters: readonly ListenFilter[]): readonly EventPattern[] {
  const patterns = filters.map(toPattern);
  const faults = patterns.flatMap((pattern, index) =>
    faultsOf(pattern).map((fault) => (filters.length === 1 ? fault : `filter ${index + 1}: ${fault}`)),
  );
  if (filters.length === 0) faults.push('no filter is given');
  if (faults.length === 0) return patterns;
  throw new StepFailed(step, {
    code: 'invalid-call',
    message: `it waits for no event: ${faults.join('; ')}`,
  });
}

function toPattern({
  type,
  source,
  subject = businessKey() ?? null,
  attributes,
  data,
}: ListenFilter): EventPattern {
  return {
    type,
    ...(source !== undefined && { source }),
    ...(subject !== null && { subject }),
    ...(attributes !== undefined && { attributes }),
    ...(data !== undefined && { data }),
  };
}

/** What is wrong with an event that is as the pattern says. */
function faultsOf({ type, source = '/', subject, attributes }: EventPattern): readonly string[] {
  const event = {
    specversion: '1.0',
    id: '1',
    source,
    type,
    ...(subject !== undefined && { subject }),
    ...attributes,
  };
  return toCloudEvent(event).faults.map(({ message }) => message);
}
