import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { identifyProcess, isSameProcess } from '../../src/dev/process-identity.ts';
import { openLedger } from '../../src/dev/process-ledger.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

const gone = { pid: 2 ** 22 + 1, identity: 'of an earlier boot' };

async function sleeper(): Promise<{ pid: number; identity: string; hasEnded: () => boolean }> {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const identity = (await identifyProcess(pid)) ?? '';
  return { pid, identity, hasEnded: () => child.exitCode !== null || child.signalCode !== null };
}

function homeWith(page: unknown): string {
  const home = temporaryFolder();
  writeFileSync(join(home, 'processes.json'), JSON.stringify(page));
  return home;
}

it('ends what an owner that is gone left behind', async () => {
  const { pid, identity, hasEnded } = await sleeper();
  const lines: string[] = [];
  const home = homeWith({
    owner: gone,
    children: [{ name: 'payment', pid, identity, stopSignal: 'SIGTERM' }],
  });
  await openLedger(home, (line) => lines.push(line));
  expect(await isSameProcess(pid, identity)).toBe(false);
  await until(hasEnded);
  expect(lines).toEqual([`payment: process ${pid} is left from an earlier start; ending it`]);
});

it('leaves alone a process that only has the same pid', async () => {
  const { pid, hasEnded } = await sleeper();
  const child = { name: 'payment', pid, identity: 'of an earlier boot', stopSignal: 'SIGTERM' };
  await openLedger(homeWith({ owner: gone, children: [child] }), () => undefined);
  expect(hasEnded()).toBe(false);
});

it('refuses a home whose owner still runs, and ends nothing of it', async () => {
  const [owner, child] = [await sleeper(), await sleeper()];
  const page = { owner, children: [{ ...child, name: 'payment', stopSignal: 'SIGTERM' }] };
  await expect(openLedger(homeWith(page), () => undefined)).rejects.toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining(`already runs here as process ${owner.pid}`) as unknown,
  });
  expect(child.hasEnded()).toBe(false);
});

it('knows what runs, until it is closed', async () => {
  const home = temporaryFolder();
  const file = join(home, 'processes.json');
  const { pid, identity } = await sleeper();
  const ledger = await openLedger(home, () => undefined);
  await ledger.add({ name: 'payment', pid, stopSignal: 'SIGTERM' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    owner: { pid: process.pid },
    children: [{ name: 'payment', pid, identity, stopSignal: 'SIGTERM' }],
  });
  ledger.remove(pid);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ children: [] });
  ledger.close();
  expect(existsSync(file)).toBe(false);
});

it('goes on with a page that cannot be read, and says so', async () => {
  const home = temporaryFolder();
  const lines: string[] = [];
  writeFileSync(join(home, 'processes.json'), '{"owner":');
  await openLedger(home, (line) => lines.push(line));
  expect(lines).toEqual([expect.stringContaining('cannot be read')]);
});

it('says which variable names a folder that cannot be written', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  for (const home of [file, join(file, 'below')]) {
    await expect(openLedger(home, () => undefined)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringMatching(/^Nothing can be written to .*Set BATON_HOME to a folder/) as string,
    });
  }
});
