import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The `baton` command, as a script for `tsx`. */
export const batonMain = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const tsx = import.meta.resolve('tsx');

/** A script of the project that runs as a real process. */
export interface Part {
  readonly pid: number;
  /** SIGTERM, and waits for the end; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  /** Everything it has written so far. */
  output(): string;
}

/** Starts a TypeScript file with its arguments, and waits until it has written `ready`. */
export async function startPart(
  args: readonly string[],
  { cwd, env, ready }: { cwd: string; env: Readonly<Record<string, string>>; ready: string },
): Promise<Part> {
  const child = spawn(process.execPath, ['--import', tsx, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = once(child, 'exit') as Promise<[number | null]>;
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes(ready)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    void exited.then(([code]) => {
      reject(new Error(`${args.join(' ')} ended with ${code ?? 'a signal'} before it was up:\n${output}`));
    });
  });
  return {
    pid: pidOf(child),
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    output: () => output,
  };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the process did not start');
  return pid;
}
