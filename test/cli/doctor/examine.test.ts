import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import type { Check } from '../../../src/cli/doctor/check.ts';
import { examine } from '../../../src/cli/doctor/examine.ts';
import { freePort } from '../../../src/dev/ports.ts';
import { writeProject } from '../../project/fixtures/project-folder.ts';

const host = '127.0.0.1';
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something that answers every request so. @returns its port */
async function answer(status: number, body = ''): Promise<number> {
  const server = createServer((_, response) => {
    response.statusCode = status;
    response.end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** An environment whose ports are all free. */
async function environment(): Promise<Record<string, string>> {
  const names = ['BATON_PORT', 'BATON_DEV_TEMPORAL_PORT', 'BATON_DEV_UI_PORT', 'BATON_DEV_POSTGRES_PORT'];
  const ports = await Promise.all(names.map(async (name) => [name, String(await freePort(host))] as const));
  const chosen = Object.fromEntries<string>(ports);
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...chosen };
}

const catalogue = (service: string): string => `services:
  payment:
    url: ${service}
    openapi: services/payment.yaml
    auth: { header: Authorization, prefix: 'Bearer ', secret: PAYMENT_KEY }
    operations: { authorise: {}, void: { operationId: voidAuthorisation } }
`;

const find = (checks: readonly Check[], name: string): Check | undefined =>
  checks.find((check) => check.name === name);
const failed = (checks: readonly Check[]): string[] =>
  checks.filter(({ status }) => status === 'fail').map(({ name, message }) => `${name}: ${message}`);

describe('the examination', () => {
  it('finds nothing in the way of a project whose parts are there', async () => {
    const port = await answer(200);
    const dir = await writeProject({ 'services.yaml': catalogue(`http://${host}:${port}`) });
    const checks = await examine(dir, { ...(await environment()), PAYMENT_KEY: 'x' });
    expect(failed(checks)).toEqual([]);
    expect(find(checks, 'Node.js')).toMatchObject({ status: 'ok', message: process.versions.node });
    expect(find(checks, 'Service payment')).toMatchObject({ status: 'ok' });
    expect(find(checks, 'Secret PAYMENT_KEY')).toMatchObject({ status: 'ok' });
    expect(find(checks, 'Types')).toMatchObject({
      status: 'warn',
      message: 'generated/baton.ts is missing',
      wayOut: `baton generate --project ${dir}`,
    });
  });

  it('names a service that does not answer, and a secret that is not set', async () => {
    const dir = await writeProject({ 'services.yaml': catalogue(`http://${host}:${await freePort(host)}`) });
    const checks = await examine(dir, await environment());
    expect(failed(checks)).toEqual([
      expect.stringMatching(/^Service payment: http:\/\/.* does not answer$/),
      'Secret PAYMENT_KEY: not set, and needed to call payment',
    ]);
    expect(checks.every(({ status, wayOut }) => (wayOut === null) === (status === 'ok'))).toBe(true);
  });

  it('warns of types of events that are named and not declared, where any is', async () => {
    const subscriptions =
      "subscriptions: { s: { filter: { types: [order.payed, own] }, target: { http: { url: 'http://x' } } } }";
    const expectations = 'expectations: { e: { after: order.paid, expect: [shipped], within: 1 m } }';
    const said = async (types: string): Promise<readonly Check[]> => {
      const dir = await writeProject({ 'events.yaml': [types, subscriptions, expectations].join('\n') });
      return (await examine(dir, await environment())).filter(({ name }) => name === 'Events');
    };
    const checks = await said('types: { order.paid: { title: Paid }, own: { title: Own } }');
    expect(checks).toMatchObject([
      {
        status: 'warn',
        message: expect.stringMatching(
          /^subscriptions\.s\.filter\.types names order\.payed, which is not declared.*order\.paid/,
        ) as string,
        wayOut: expect.stringContaining('events.yaml') as string,
      },
      { status: 'warn', message: 'expectations.e.expect names shipped, which is not declared' },
    ]);
    expect(await said('types: {}')).toEqual([]);
  });

  it('names a service whose health is bad', async () => {
    const dir = await writeProject({ 'services.yaml': catalogue(`http://${host}:${await answer(503)}`) });
    const checks = await examine(dir, { ...(await environment()), PAYMENT_KEY: 'x' });
    expect(failed(checks)).toEqual([expect.stringMatching(/its health is bad \(HTTP 503\)$/)]);
  });

  it('forgives what baton dev starts or makes up', async () => {
    const url = `http://${host}:${await freePort(host)}`;
    const dir = await writeProject({
      'services.yaml': `${catalogue(url)}    dev: { command: [node, payment.js] }\n`,
    });
    const checks = await examine(dir, await environment());
    expect(failed(checks)).toEqual([]);
    expect(find(checks, 'Service payment')).toMatchObject({ status: 'warn', wayOut: 'baton dev starts it' });
    expect(find(checks, 'Secret PAYMENT_KEY')).toMatchObject({ status: 'warn' });
    expect(find(checks, `Port ${new URL(url).port}`)?.message).toBe('free, for the service payment');
  });

  it('lists every fault of environment and project', async () => {
    const dir = await writeProject({ 'services.yaml': null, 'processes/stray.ts': 'export {};\n' });
    const env = { ...(await environment()), BATON_PORT: 'eighty', BATON_LOG_LEVEL: 'loud' };
    const checks = await examine(dir, env);
    expect(failed(checks).map((line) => line.replace(/: (\S+) .*/, ': $1'))).toEqual(
      expect.arrayContaining([
        'Environment: BATON_PORT',
        'Environment: BATON_LOG_LEVEL',
        'Project: services.yaml',
        'Project: processes/stray.ts',
      ]),
    );
  });

  it('tells a port that something else has from one that Baton has by now', async () => {
    const env = await environment();
    const dir = await writeProject();
    const taken = String(await answer(404));
    const other = await examine(dir, { ...env, BATON_PORT: taken });
    expect(find(other, `Port ${taken}`)).toMatchObject({
      status: 'fail',
      message: 'not free, and wanted for the API',
      wayOut: 'end what listens there, or set BATON_PORT',
    });
    const ours = String(await answer(200, '{"status":"live"}'));
    expect(find(await examine(dir, { ...env, BATON_PORT: ours }), `Port ${ours}`)).toMatchObject({
      status: 'ok',
    });
  });

  it('sees a port that is wanted twice', async () => {
    const env = await environment();
    const same = env['BATON_DEV_UI_PORT'] ?? '';
    const checks = await examine(await writeProject(), { ...env, BATON_PORT: same });
    expect(failed(checks)).toContain(`Port ${same}: wanted for Temporal's Web UI and for the API`);
  });

  it('looks for what is named, in place of what baton dev would start', async () => {
    const env = await environment();
    const port = await freePort(host);
    const checks = await examine(await writeProject(), {
      ...env,
      TEMPORAL_ADDRESS: `${host}:${port}`,
      DATABASE_URL: `postgres://someone:secret@${host}:${port}/x`,
    });
    const [temporal, postgres] = [find(checks, 'Temporal'), find(checks, 'PostgreSQL')];
    expect(temporal).toMatchObject({
      status: 'fail',
      message: expect.stringContaining(`${host}:${port}`) as string,
    });
    expect(postgres).toMatchObject({
      status: 'fail',
      message: expect.stringContaining(`${host}:${port}`) as string,
    });
    expect(JSON.stringify(checks)).not.toContain('secret@');
    expect(find(checks, `Port ${env['BATON_DEV_TEMPORAL_PORT'] ?? ''}`)).toBeUndefined();
  });
});
