import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { execa } from 'execa';

import { signalGroup } from './end-process.ts';
import type { Environment } from './find-program.ts';
import type { ProcessLedger } from './process-ledger.ts';

export interface ChildOptions {
  /** What it is called in reports. */
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** All of its environment: nothing is inherited. */
  readonly env: Environment;
  /** Whether programs that npm installed for the folder are found too, as in an npm script. */
  readonly preferLocal?: boolean;
  /** Its output is appended here. */
  readonly logFile: string;
  /** The signal that asks it to stop. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** How long it may take to stop before it is killed, in milliseconds. */
  readonly grace: number;
  /** The account that it runs as; `null` = ours. */
  readonly account?: { readonly uid: number; readonly gid: number } | null;
  readonly ledger?: ProcessLedger | null;
}

/** A program that runs beside this one. */
export interface Running {
  readonly pid: number;
  /** Becomes, in words, how it ended: `exit code 1`, `signal SIGKILL`. Never rejects. */
  readonly exited: Promise<string>;
  /** Ends it and all that it started. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a program in a process group of its own: a Ctrl-C at the terminal goes to this process only, which then stops
 * the others in its order. Its output goes straight to the file, so it does not depend on this process either.
 *
 * @throws Error when the program cannot be started at all
 */
export async function startChild(options: ChildOptions): Promise<Running> {
  const { command, ledger, account = null } = options;
  const [file, ...args] = command;
  mkdirSync(dirname(options.logFile), { recursive: true });
  // Opened here, so that the program gets the file itself and not a pipe to this process.
  const log = createWriteStream(options.logFile, { flags: 'a' });
  await once(log, 'open');
  const child = execa(file, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    preferLocal: options.preferLocal ?? false,
    stdin: 'ignore',
    stdout: log,
    stderr: log,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    ...(account !== null && { uid: account.uid, gid: account.gid }),
  });
  log.destroy();
  const { pid } = child;
  if (pid === undefined) {
    const { originalMessage } = await child;
    throw new Error(`${options.name}: ${file} cannot be started: ${originalMessage ?? 'no reason given'}`);
  }
  // A process that is made to exit, as by a second Ctrl-C, stops nothing in order; it still leaves nothing behind.
  const killAtExit = (): void => {
    signalGroup(pid, 'SIGKILL');
  };
  process.once('exit', killAtExit);
  const exited = child.then(({ exitCode, signal }) => {
    process.removeListener('exit', killAtExit);
    // The leader is gone; what it started and left behind would hold its port.
    signalGroup(pid, 'SIGKILL');
    ledger?.remove(pid);
    return signal === undefined ? `exit code ${exitCode ?? 'unknown'}` : `signal ${signal}`;
  });
  await ledger?.add({ name: options.name, pid, stopSignal: options.stopSignal });
  return { pid, exited, stop: stopOnce({ pid, exited, options }) };
}

function stopOnce(running: {
  readonly pid: number;
  readonly exited: Promise<string>;
  readonly options: ChildOptions;
}): () => Promise<void> {
  const { pid, exited, options } = running;
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    if (gone) return;
    signalGroup(pid, options.stopSignal);
    const timer = setTimeout(() => {
      signalGroup(pid, 'SIGKILL');
    }, options.grace);
    await exited;
    clearTimeout(timer);
  };
  return () => (stopping ??= stop());
}
