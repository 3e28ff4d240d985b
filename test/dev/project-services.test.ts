import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { acceptsConnections } from '../../src/dev/accepts-connections.ts';
import { freePort } from '../../src/dev/ports.ts';
import { startPostgres } from '../../src/dev/postgres-server.ts';
import { type ProjectServices, startProjectServices } from '../../src/dev/project-services.ts';
import type { ProjectEvents } from '../../src/project/project.ts';
import type { Catalogue } from '../../src/services/catalogue.ts';
import { type Target, defaultDeliveryPolicy } from '../../src/events/subscriptions/subscription.ts';
import { fakeCatalogue, noEvents } from './fake-services.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

const host = '127.0.0.1';

interface Started {
  readonly services: ProjectServices;
  readonly lines: string[];
  readonly dir: string;
}

async function start(
  catalogue: Catalogue,
  more: { env?: Record<string, string>; postgres?: { url: string }; events?: ProjectEvents } = {},
): Promise<Started> {
  const lines: string[] = [];
  const dir = temporaryFolder();
  const services = await startProjectServices({
    project: { dir, catalogue, events: more.events ?? noEvents },
    apiUrl: 'http://127.0.0.1:8080',
    env: { PATH: process.env['PATH'], ...more.env },
    postgres: more.postgres ?? null,
    home: join(dir, '.baton'),
    report: (line) => lines.push(line),
  });
  onTestFinished(async () => services.stop());
  return { services, lines, dir };
}

async function environmentOf(port: number): Promise<Record<string, string>> {
  return (await fetch(`http://${host}:${port}/`)).json() as Promise<Record<string, string>>;
}

it('gives each service its port, its database and its secret', async () => {
  const folder = temporaryFolder();
  const [stock, payment, ledger] = [await freePort(host), await freePort(host), await freePort(host)];
  const postgres = await startPostgres({
    ...{ host, port: await freePort(host), report: () => undefined },
    dataDir: join(folder, 'data'),
    logFile: join(folder, 'postgres.log'),
  });
  onTestFinished(async () => postgres.stop());
  const { services, dir } = await start(
    fakeCatalogue({
      stock: { port: stock, database: 'shop_stock' },
      payment: { port: payment, secret: 'PAYMENT_KEY' },
      ledger: { port: ledger, secret: 'LEDGER_KEY' },
    }),
    { env: { LEDGER_KEY: 'given', PAYMENT_KEY: '', DATABASE_URL: 'postgres://baton/itself' }, postgres },
  );

  expect(Object.keys(services.secrets)).toEqual(['PAYMENT_KEY']);
  const ofStock = await environmentOf(stock);
  expect(ofStock).toMatchObject({ PORT: String(stock), HOST: host, folder: dir });
  expect(ofStock['DATABASE_URL']).toBe(postgres.url.replace(/baton$/, 'shop_stock'));
  const ofPayment = await environmentOf(payment);
  expect(ofPayment).toMatchObject({ ...services.secrets, LEDGER_KEY: 'given' });
  expect(ofPayment).not.toHaveProperty('DATABASE_URL');
});

it('tells each service where the API is, and makes up what its events are signed with', async () => {
  const port = await freePort(host);
  const subscribe = (name: string, target: Target): ProjectEvents['subscriptions'] => ({
    [name]: { subscription: { name, filter: {}, target, retry: defaultDeliveryPolicy }, startAt: 'now' },
  });
  const service = (name: string, secret: string): Target => ({
    kind: 'service',
    service: name,
    path: '/',
    secret,
  });
  const events = {
    types: {},
    subscriptions: {
      ...subscribe('stock', service('stock', 'STOCK_EVENTS_KEY')),
      ...subscribe('given', service('stock', 'GIVEN_EVENTS_KEY')),
      ...subscribe('elsewhere', { kind: 'http', url: 'https://example.com', secret: 'THEIR_KEY' }),
      ...subscribe('order', { kind: 'process', process: 'order' }),
    },
    expectations: [],
  };
  const { services } = await start(fakeCatalogue({ stock: { port } }), {
    events,
    env: { GIVEN_EVENTS_KEY: 'given' },
  });
  expect(Object.keys(services.secrets)).toEqual(['STOCK_EVENTS_KEY']);
  expect(await environmentOf(port)).toMatchObject({
    ...services.secrets,
    GIVEN_EVENTS_KEY: 'given',
    BATON_API: 'http://127.0.0.1:8080',
  });
});

it('leaves it to the environment where the API is', async () => {
  const port = await freePort(host);
  await start(fakeCatalogue({ stock: { port } }), { env: { BATON_API: 'http://elsewhere' } });
  expect(await environmentOf(port)).toMatchObject({ BATON_API: 'http://elsewhere' });
});

it('starts a killed service again', async () => {
  const port = await freePort(host);
  const { services, lines } = await start(fakeCatalogue({ payment: { port } }));
  const killed = services.pids()['payment'] ?? 0;
  process.kill(killed, 'SIGKILL');
  await until(() => services.pids()['payment'] !== killed);
  expect(await environmentOf(port)).toMatchObject({ PORT: String(port) });
  expect(lines).toEqual([
    expect.stringMatching(/^payment: ready on .*, after /),
    'payment: ended with signal SIGKILL; starting it again in 0.2 s',
    expect.stringMatching(/^payment: ready on .*, after /),
  ]);
});

it('takes a service that answers 404 at /health, and waits for one that answers 503', async () => {
  const [missing, busy] = [await freePort(host), await freePort(host)];
  const answering = (statuses: string): readonly string[] => [
    'node',
    '-e',
    `const statuses = ${statuses};
     require('node:http').createServer((request, response) => {
       console.log(request.url);
       response.writeHead(statuses.length > 1 ? statuses.shift() : statuses[0]).end();
     }).listen(process.env.PORT, process.env.HOST);`,
  ];
  const { dir } = await start(
    fakeCatalogue({
      missing: { port: missing, command: answering('[404]') },
      busy: { port: busy, command: answering('[503, 503, 200]') },
    }),
  );
  expect(readFileSync(join(dir, '.baton/logs/busy.log'), 'utf8')).toBe('/health\n'.repeat(3));
});

it('shows the end of the log of each service that does not start, and stops the others', async () => {
  const [good, bad, worse] = [await freePort(host), await freePort(host), await freePort(host)];
  const catalogue = fakeCatalogue({
    good: { port: good },
    bad: { port: bad, command: ['node', '-e', 'console.error("no stock file"); process.exit(2)'] },
    worse: { port: worse, command: ['no-such-program'] },
  });
  await expect(start(catalogue)).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringMatching(
      /bad did not start \(node .*exit code 2[^]*bad\.log:\nno stock file\n[^]*worse[^]*no-such-program cannot be started/,
    ) as unknown,
  });
  expect(await acceptsConnections(host, good)).toBe(false);
});

it('does not start a service that is called elsewhere, and makes no secret up for it', async () => {
  const catalogue = fakeCatalogue({ payment: { port: 1, secret: 'PAYMENT_KEY' } });
  const elsewhere = Object.fromEntries(
    Object.entries(catalogue).map(([name, service]) => [
      name,
      { ...service, url: 'https://pay.example.com' },
    ]),
  );
  const { services, lines } = await start(elsewhere);
  expect(services.pids()).toEqual({});
  expect(services.secrets).toEqual({});
  expect(lines).toEqual(['payment: is at https://pay.example.com and not started here']);
});

it('finds programs that npm installed for the project', async () => {
  const port = await freePort(host);
  const marker = join(temporaryFolder(), 'path');
  const script = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, process.env.PATH);`;
  const catalogue = fakeCatalogue({ payment: { port } });
  const command = ['node', '-e', script + (catalogue['payment']?.dev?.command[2] ?? '')];
  const { dir } = await start(fakeCatalogue({ payment: { port, command } }));
  expect(readFileSync(marker, 'utf8').split(':')).toContain(join(dir, 'node_modules', '.bin'));
});
