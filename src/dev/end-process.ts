import { setTimeout as sleep } from 'node:timers/promises';

import { isSameProcess } from './process-identity.ts';

/** A process that leads its group, and how it is asked to stop. */
export interface EndingProcess {
  readonly pid: number;
  readonly identity: string;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** How long it may take before it is killed, in milliseconds. */
  readonly grace: number;
}

/** Ends a process that this one is not the parent of, and its group: asks first, kills after the grace. */
export async function endProcess({ pid, identity, stopSignal, grace }: EndingProcess): Promise<void> {
  const deadline = Date.now() + grace;
  signalGroup(pid, stopSignal);
  while (await isSameProcess(pid, identity)) {
    if (Date.now() > deadline) signalGroup(pid, 'SIGKILL');
    await sleep(50);
  }
}

/** Signals every process of a group. One that is not there any more needs no signal. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
