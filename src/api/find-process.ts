import { BatonError } from '../core/errors.ts';
import type { Process, Project } from '../project/project.ts';
import { toFault } from './zod-faults.ts';

/** @throws BatonError `process-not-found` that tells those that exist */
export function findProcess(project: Project, name: string): Process {
  const process = Object.hasOwn(project.processes, name) ? project.processes[name] : undefined;
  if (process !== undefined) return process;
  const known = sayNames(Object.keys(project.processes));
  const fault = toFault('{process}', `"${name}" is no process; there ${known}`);
  throw new BatonError('process-not-found', fault.message, { faults: [fault] });
}

/** Names for a sentence: "is a", "are a, b", "are none". */
export function sayNames(names: readonly string[]): string {
  if (names.length === 0) return 'are none';
  return `${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
}
