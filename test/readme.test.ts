import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { execa } from 'execa';
import { expect, it } from 'vitest';

import type { RunView } from '../src/core/run-state.ts';
import { acceptsConnections } from '../src/dev/accepts-connections.ts';
import { freePort } from '../src/dev/ports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text]) => (text ?? '').trim());
const [start, curl, test] = commands;

it('names two commands to begin with, one that starts everything and one that tests it', () => {
  expect(commands).toHaveLength(3);
  expect(start).toBe('npm ci && npm start');
  expect(test).toBe('npm ci && npm test');
});

it('brings everything up, takes the order of its curl, and leaves nothing behind at Ctrl-C', async () => {
  const home = await mkdtemp(join(tmpdir(), 'baton-readme-'));
  const names = ['BATON_PORT', 'BATON_DEV_TEMPORAL_PORT', 'BATON_DEV_UI_PORT', 'BATON_DEV_POSTGRES_PORT'];
  const ports: Record<string, number> = {};
  for (const name of [...names, 'INVENTORY', 'PAYMENT', 'SHIPPING', 'NOTIFICATION'])
    ports[name] = await freePort('127.0.0.1');
  const env = Object.fromEntries(
    Object.entries(ports).map(([name, port]) =>
      names.includes(name) ? [name, String(port)] : [`${name}_URL`, `http://127.0.0.1:${port}`],
    ),
  );
  // A group of its own, as a terminal gives it: Ctrl-C reaches npm and all that it started.
  const npm = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    // What a user of Temporal Cloud has set must not reach the embedded server.
    env: { ...process.env, ...env, BATON_HOME: home, TEMPORAL_API_KEY: 'of-another-server' },
  });
  let output = '';
  const exited = once(npm, 'exit');
  try {
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        if (output.includes('Everything is up')) resolve();
      };
      npm.stdout.on('data', read);
      npm.stderr.on('data', read);
      void exited.then(() => {
        reject(new Error(output));
      });
    });
    const command = (curl ?? '').replace('127.0.0.1:8080', `127.0.0.1:${ports['BATON_PORT'] ?? 0}`);
    const first = JSON.parse((await execa('bash', ['-c', command])).stdout) as RunView;
    expect(first).toMatchObject({ id: 'order-1001', status: 'completed', output: { outcome: 'shipped' } });
    expect(first.steps.map(({ service, operation }) => `${service ?? ''}.${operation ?? ''}`)).toContain(
      'payment.capture',
    );
    const again = JSON.parse((await execa('bash', ['-c', command])).stdout) as RunView;
    expect(again.startedAt).toBe(first.startedAt);
  } finally {
    process.kill(-(npm.pid ?? 0), 'SIGINT');
    await exited;
  }
  for (const port of Object.values(ports)) expect(await acceptsConnections('127.0.0.1', port)).toBe(false);
  expect(output).toContain('stopped');
  await rm(home, { recursive: true, force: true });
});
