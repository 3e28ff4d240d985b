import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

import { shopDir } from '../../../support/shop.ts';
import { until } from './until.ts';

export interface ServiceProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  stdout: string;
  stderr: string;
}

/** Services as processes of their own, as the catalogue has them, for the tests of one file. */
export function serviceProcesses(): {
  readonly start: (name: string, env: Readonly<Record<string, string>>) => ServiceProcess;
  readonly killAll: () => void;
} {
  const children: ChildProcessWithoutNullStreams[] = [];
  return {
    start: (name, env) => {
      const child = spawn(process.execPath, ['--import', 'tsx', `services/${name}/main.ts`], {
        cwd: shopDir,
        // Whatever else listens on this machine is no event log of these.
        env: { PATH: process.env['PATH'], BATON_API: 'http://127.0.0.1:1', ...env },
      });
      children.push(child);
      const ended = once(child, 'close').then(([code]) => code as number | null);
      const started: ServiceProcess = { child, ended, stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (started.stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (started.stderr += chunk.toString()));
      return started;
    },
    killAll: () => {
      for (const child of children.splice(0)) child.kill('SIGKILL');
    },
  };
}

export async function ready(started: ServiceProcess): Promise<void> {
  await until(() => {
    if (!started.stdout.includes('"ready"')) throw new Error(`not ready: ${started.stderr}`);
  });
}
