import { readFile } from 'node:fs/promises';

import { execa } from 'execa';

/**
 * Tells a process from any other that ever has its pid on this machine: by when it started, and by the machine's boot
 * where that is known.
 *
 * @returns `null` when there is no such process, or it has ended and is only waited for
 */
export async function identifyProcess(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? identifyByProc(pid) : identifyByPs(pid);
}

/** Whether the process that had this identity still runs. */
export async function isSameProcess(pid: number, identity: string): Promise<boolean> {
  return (await identifyProcess(pid)) === identity;
}

async function identifyByProc(pid: number): Promise<string | null> {
  const [facts, boot] = await Promise.all([
    readOrNull(`/proc/${pid}/stat`),
    readOrNull('/proc/sys/kernel/random/boot_id'),
  ]);
  if (facts === null) return null;
  // The second field, the name, may hold spaces and brackets; the third is the state, the 22nd the start (proc(5)).
  const fields = facts.slice(facts.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return `${boot?.trim() ?? ''}/${fields[19] ?? ''}`;
}

async function identifyByPs(pid: number): Promise<string | null> {
  const { stdout } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { LC_ALL: 'C' },
    reject: false,
  });
  return stdout.trim() === '' ? null : stdout.trim();
}

async function readOrNull(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
