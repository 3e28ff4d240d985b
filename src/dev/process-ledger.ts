import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { BatonError } from '../core/errors.ts';
import { endProcess } from './end-process.ts';
import { identifyProcess, isSameProcess } from './process-identity.ts';
import type { Report } from './report.ts';

const entry = z.object({
  name: z.string(),
  pid: z.int().positive(),
  identity: z.string(),
  stopSignal: z.enum(['SIGINT', 'SIGTERM']),
});

const page = z.object({
  owner: z.object({ pid: z.int().positive(), identity: z.string() }),
  children: z.array(entry),
});

/** A process that was started from here. */
type LedgerEntry = z.infer<typeof entry>;

/**
 * The processes that were started from here, on disk. Whoever is killed with SIGKILL can end none of its children; the
 * next start finds them here. A pid alone could be another program's by then, so each has its identity with it.
 */
export interface ProcessLedger {
  add(child: Omit<LedgerEntry, 'identity'>): Promise<void>;
  remove(pid: number): void;
  /** Nothing runs any more. */
  close(): void;
}

/** How long a leftover may take to end before it is killed, in milliseconds. */
const leftoverGrace = 10_000;

/**
 * Opens the ledger of a home folder, after ending what an earlier owner that is gone left behind.
 *
 * @throws BatonError `invalid-request` when the earlier owner still runs, for two cannot share the data, or when the
 *   folder cannot be written
 */
export async function openLedger(home: string, report: Report): Promise<ProcessLedger> {
  const file = join(home, 'processes.json');
  await settleEarlier(file, report);

  const owner = { pid: process.pid, identity: (await identifyProcess(process.pid)) ?? '' };
  const children = new Map<number, LedgerEntry>();
  const write = (): void => {
    // Written at once and moved into place: a kill in between must not leave half a page.
    writeFileSync(`${file}.new`, JSON.stringify({ owner, children: [...children.values()] }, null, 2));
    renameSync(`${file}.new`, file);
  };
  try {
    mkdirSync(home, { recursive: true });
    write();
  } catch (cause) {
    throw notWritable(home, cause);
  }
  return {
    add: async (child) => {
      const identity = await identifyProcess(child.pid);
      if (identity === null) return;
      children.set(child.pid, { ...child, identity });
      write();
    },
    remove: (pid) => {
      if (children.delete(pid)) write();
    },
    close: () => {
      rmSync(file, { force: true });
    },
  };
}

function notWritable(home: string, cause: unknown): BatonError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `Nothing can be written to ${home} (${reason}). Set BATON_HOME to a folder that this account may write.`;
  return new BatonError('invalid-request', message, { cause });
}

async function settleEarlier(file: string, report: Report): Promise<void> {
  const earlier = readPage(file, report);
  if (earlier === null) return;
  const { owner, children } = earlier;
  if (owner.pid !== process.pid && (await isSameProcess(owner.pid, owner.identity))) {
    const message = `Baton already runs here as process ${owner.pid} (${file}). Stop that one first, or set BATON_HOME to another folder and other ports.`;
    throw new BatonError('invalid-request', message);
  }
  await Promise.all(
    children.map(async (child) => {
      if (!(await isSameProcess(child.pid, child.identity))) return;
      report(`${child.name}: process ${child.pid} is left from an earlier start; ending it`);
      await endProcess({ ...child, grace: leftoverGrace });
    }),
  );
}

function readPage(file: string, report: Report): z.infer<typeof page> | null {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  try {
    return page.parse(JSON.parse(text));
  } catch {
    report(`${file} cannot be read; processes of an earlier start may be left`);
    return null;
  }
}
