import type { Fault } from './errors.ts';

/** All faults in one sentence, so that whoever reads nothing but the message knows them. */
export function sayFaults(faults: readonly Fault[]): string {
  return faults.map(({ message }) => message).join('; ');
}
