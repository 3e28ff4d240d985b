import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';

import { expect, it, onTestFinished } from 'vitest';

import { acceptsConnections } from '../../src/dev/accepts-connections.ts';
import { type Embedded, type EmbeddedOptions, startEmbedded } from '../../src/dev/embedded.ts';
import { freePort } from '../../src/dev/ports.ts';
import { openLedger } from '../../src/dev/process-ledger.ts';
import { identifyProcess } from '../../src/dev/process-identity.ts';
import { type FakeService, fakeCatalogue, noEvents } from './fake-services.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

const host = '127.0.0.1';
const killedStart = fileURLToPath(new URL('./killed-start.ts', import.meta.url));

interface Given {
  readonly services?: Readonly<Record<string, FakeService>>;
  readonly more?: Partial<EmbeddedOptions>;
}

async function optionsFor({ services = {}, more = {} }: Given): Promise<EmbeddedOptions> {
  const home = temporaryFolder();
  return {
    home,
    cacheDir: null,
    env: process.env,
    host,
    ports: { temporal: await freePort(host), ui: await freePort(host), postgres: await freePort(host) },
    temporalAddress: null,
    databaseUrl: null,
    project: { dir: home, catalogue: fakeCatalogue(services), events: noEvents },
    apiUrl: null,
    otherPorts: [],
    report: () => undefined,
    ...more,
  };
}

async function start(options: EmbeddedOptions): Promise<Embedded> {
  const embedded = await startEmbedded(options);
  onTestFinished(async () => embedded.stop());
  return embedded;
}

function portsOf({ ports }: EmbeddedOptions): readonly number[] {
  return [ports.temporal, ports.ui, ports.postgres];
}

async function areTaken(ports: readonly number[]): Promise<readonly boolean[]> {
  return Promise.all(ports.map((port) => acceptsConnections(host, port)));
}

it('brings everything up, keeps it up, and leaves no process and no taken port', async () => {
  const port = await freePort(host);
  const lines: string[] = [];
  const options = await optionsFor({
    services: { payment: { port, database: 'shop_payment' } },
    more: { report: (line) => lines.push(line) },
  });
  const embedded = await start(options);
  const ports = [...portsOf(options), port];
  expect(await areTaken(ports)).toEqual([true, true, true, true]);
  expect(embedded.temporal.address).toBe(`${host}:${options.ports.temporal}`);

  const before = embedded.pids();
  expect(Object.keys(before)).toEqual(['Temporal', 'PostgreSQL', 'payment']);
  for (const pid of Object.values(before)) process.kill(pid, 'SIGKILL');
  await until(() => Object.entries(embedded.pids()).every(([name, pid]) => pid !== before[name]));
  expect(await areTaken(ports)).toEqual([true, true, true, true]);

  const after = Object.values(embedded.pids());
  await embedded.stop();
  expect(await Promise.all(after.map(identifyProcess))).toEqual([null, null, null]);
  expect(await areTaken(ports)).toEqual([false, false, false, false]);
  expect(existsSync(join(options.home, 'processes.json'))).toBe(false);
  for (const name of ['Temporal', 'PostgreSQL', 'payment']) {
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${name}: ready on .* after \\d`)));
  }
});

it('starts nothing while a port is taken, and names each with its variable', async () => {
  const taken = createServer().listen(0, host);
  onTestFinished(() => {
    taken.close();
  });
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const options = await optionsFor({
    services: { payment: { port } },
    more: { otherPorts: [{ host, port, purpose: 'the API', change: 'set BATON_PORT' }] },
  });
  await expect(startEmbedded(options)).rejects.toThrow(
    new RegExp(`${port} is wanted for the service payment and for the API.*BATON_PORT`),
  );
  const free = await freePort(host);
  const blocked = {
    ...options,
    otherPorts: [],
    project: { dir: options.home, catalogue: fakeCatalogue({}), events: noEvents },
  };
  for (const [part, variable] of [
    ['temporal', 'BATON_DEV_TEMPORAL_PORT'],
    ['ui', 'BATON_DEV_UI_PORT'],
    ['postgres', 'BATON_DEV_POSTGRES_PORT'],
  ] as const) {
    const ports = { temporal: free, ui: free + 1, postgres: free + 2, [part]: port };
    await expect(startEmbedded({ ...blocked, ports })).rejects.toThrow(
      new RegExp(`${port} for .* is taken; set ${variable}`),
    );
  }
  expect(existsSync(join(options.home, 'logs'))).toBe(false);
});

it('stops the other parts when one does not start', async () => {
  const [good, bad] = [await freePort(host), await freePort(host)];
  const options = await optionsFor({
    services: {
      good: { port: good },
      bad: { port: bad, command: ['node', '-e', 'throw new Error("broken")'] },
    },
  });
  await expect(startEmbedded(options)).rejects.toThrow(/bad did not start[^]*Error: broken/);
  expect(await areTaken([...portsOf(options), good])).toEqual([false, false, false, false]);
});

it('can be given up while it starts', async () => {
  const port = await freePort(host);
  const giveUp = new AbortController();
  const options = await optionsFor({
    services: { slow: { port, command: ['node', '-e', 'setInterval(() => {}, 1000)'] } },
    more: {
      signal: giveUp.signal,
      report: (line) => {
        if (line.startsWith('Temporal: ready')) giveUp.abort(new Error('enough'));
      },
    },
  });
  await expect(startEmbedded(options)).rejects.toThrow('enough');
  expect(await areTaken(portsOf(options))).toEqual([false, false, false]);
});

it('uses a Temporal and a PostgreSQL that run elsewhere', async () => {
  const temporalAddress = 'temporal.example.com:7233';
  const databaseUrl = 'postgres://baton@db.example.com/baton';
  const embedded = await start(await optionsFor({ more: { temporalAddress, databaseUrl } }));
  expect(embedded.temporal).toEqual({ address: temporalAddress, uiUrl: null });
  expect(embedded.databaseUrl).toBe(databaseUrl);
  expect(embedded.pids()).toEqual({});
});

it('can be killed: the next start ends what is left', async () => {
  const port = await freePort(host);
  const options = await optionsFor({});
  const killed = spawn(
    process.execPath,
    ['--import', 'tsx', killedStart, options.home, ...portsOf(options), port].map(String),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => {
    killed.kill('SIGKILL');
  });
  await once(killed.stdout, 'data');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const ports = [...portsOf(options), port];
  expect(await areTaken(ports)).toEqual([true, true, true, true]);

  const lines: string[] = [];
  await openLedger(options.home, (line) => lines.push(line));
  expect(lines.toSorted()).toEqual(
    ['PostgreSQL', 'Temporal', 'payment'].map((name): unknown =>
      expect.stringMatching(new RegExp(`^${name}: process \\d+ is left from an earlier start; ending it`)),
    ),
  );
  expect(await areTaken(ports)).toEqual([false, false, false, false]);
});
