import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';

import { type ChildOptions, type Running, startChild } from '../../src/dev/child-process.ts';
import { identifyProcess } from '../../src/dev/process-identity.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

async function start(script: string, more: Partial<ChildOptions> = {}): Promise<Running & { log(): string }> {
  const folder = temporaryFolder();
  const logFile = join(folder, 'logs', 'child.log');
  const child = await startChild({
    name: 'child',
    command: ['sh', '-c', script],
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    logFile,
    stopSignal: 'SIGTERM',
    grace: 10_000,
    ...more,
  });
  onTestFinished(async () => child.stop());
  return { ...child, log: () => readFileSync(logFile, 'utf8') };
}

it('writes all output to the log and tells how it ended', async () => {
  const child = await start('echo one; echo two >&2; exit 3');
  expect(await child.exited).toBe('exit code 3');
  expect(child.log()).toBe('one\ntwo\n');
});

it('asks first', async () => {
  const child = await start('trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.05; done');
  await until(() => child.log().includes('up'));
  await child.stop();
  expect(await child.exited).toBe('exit code 0');
  expect(child.log()).toMatch(/^up\n[^]*bye\n$/);
});

it('kills what does not stop within its grace', async () => {
  const child = await start('trap "" TERM; echo up; while :; do sleep 0.05; done', { grace: 100 });
  await until(() => child.log().includes('up'));
  await child.stop();
  expect(await child.exited).toBe('signal SIGKILL');
});

it('ends what it had started too, however it ends itself', async () => {
  const child = await start('sleep 60 & echo $!; exec sleep 60');
  await until(() => child.log().endsWith('\n'));
  const grandchild = Number(child.log());
  process.kill(child.pid, 'SIGKILL');
  await child.exited;
  await until(async () => (await identifyProcess(grandchild)) === null);
});

it('is out of reach of a Ctrl-C at the terminal', async () => {
  const child = await start('ps -o pgid= -p $$');
  await child.exited;
  expect(Number(child.log())).toBe(child.pid);
});

it('says which program there is not', async () => {
  await expect(start('', { command: ['no-such-program'] })).rejects.toThrow(
    /no-such-program cannot be started: .*ENOENT/,
  );
});

it('does not outlive a process that is made to exit without stopping anything', async () => {
  const script = fileURLToPath(new URL('./exiting-start.ts', import.meta.url));
  const { exitCode, stdout } = await execa(process.execPath, ['--import', 'tsx', script, temporaryFolder()], {
    reject: false,
  });
  expect(exitCode).toBe(130);
  await until(async () => (await identifyProcess(Number(stdout))) === null);
});
