import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RunView } from '../../src/core/run-state.ts';
import { type Embedded, startEmbedded } from '../../src/dev/embedded.ts';
import { ensureDatabase } from '../../src/dev/database.ts';
import { freePort } from '../../src/dev/ports.ts';
import type { Project } from '../../src/project/project.ts';
import { batonMain, type Part, startPart } from './part.ts';
import type { Catalogue } from '../../src/services/catalogue.ts';
import { persist } from './persist.ts';
import { loadShop, shopDir } from './shop.ts';

const host = '127.0.0.1';
const services = ['inventory', 'payment', 'shipping', 'notification'] as const;

export type ShopService = (typeof services)[number];

/** A fault that a service of the shop shall have; see the README of its services. */
interface FaultOrder {
  readonly operation: string;
  readonly status?: number;
  readonly delayMs?: number;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly drop?: boolean;
  readonly times?: number | null;
  readonly at?: 'before' | 'after';
  readonly orderId?: string;
}

/** What an API answered. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The whole shop for the tests of one file: real Temporal, PostgreSQL and services; workers and API as processes. */
export interface Stack {
  readonly project: Project;
  readonly embedded: Embedded;
  readonly apiUrl: string;
  startWorker(env?: Readonly<Record<string, string>>): Promise<Part>;
  startApi(env?: Readonly<Record<string, string>>): Promise<Part>;
  startDeliverer(): Promise<Part>;
  /** Starts a service that was left out. */
  startService(service: ShopService): Promise<Part>;
  /** A request to the API; a body goes as JSON. */
  send(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** The view of a run. */
  run(id: string): Promise<RunView>;
  /** Waits until a run is in this state, and gives its view. */
  untilRun(id: string, isThere: (run: RunView) => boolean): Promise<RunView>;
  addFault(service: ShopService, fault: FaultOrder): Promise<void>;
  /** Takes all faults of a service away. */
  removeFaults(service: ShopService): Promise<void>;
  /** How often each effect really happened at each service; of one order where one is named. */
  effects(orderId?: string): Promise<Record<ShopService, Record<string, number>>>;
  close(): Promise<void>;
}

interface StackOptions {
  /** A service that is not started: the test does, with `startService`. */
  readonly absent?: ShopService;
  /** Servers of the test's own, which it may stop: those that the stack starts are kept running. */
  readonly temporalAddress?: string;
  readonly databaseUrl?: string;
}

/** Brings the shop up on free ports, with nothing of Baton's running yet. */
export async function openStack({ absent, temporalAddress, databaseUrl }: StackOptions = {}): Promise<Stack> {
  const home = await mkdtemp(join(tmpdir(), 'baton-stack-'));
  // As root PostgreSQL runs as another account: it must get at its data here, where they are removed with the rest.
  await chmod(home, 0o711);
  const apiPort = await freePort(host);
  const urls: Record<string, string> = {};
  for (const service of services) urls[service] = `http://${host}:${await freePort(host)}`;
  const urlVariables = Object.fromEntries(
    services.map((name) => [`${name.toUpperCase()}_URL`, urls[name] ?? '']),
  );
  const project = await loadShop(urlVariables);
  const embedded = await startEmbedded({
    home,
    cacheDir: null,
    env: { ...process.env, LOG_LEVEL: 'warn' },
    host,
    ports: { temporal: 0, ui: 0, postgres: 0 },
    temporalAddress: temporalAddress ?? null,
    databaseUrl: databaseUrl ?? null,
    project: { ...project, catalogue: without(project.catalogue, absent) },
    apiUrl: `http://${host}:${apiPort}`,
    otherPorts: [],
    report: () => undefined,
  });
  const apiUrl = `http://${host}:${apiPort}`;
  const env = {
    ...urlVariables,
    ...embedded.secrets,
    DATABASE_URL: embedded.databaseUrl,
    TEMPORAL_ADDRESS: embedded.temporal.address,
    BATON_PORT: String(apiPort),
    BATON_HOME: join(home, 'parts'),
    BATON_LOG_LEVEL: 'info',
  };
  const parts: Part[] = [];
  const start = async (command: string, ready: string, more = {}): Promise<Part> => {
    const options = { cwd: home, env: { ...env, ...more }, ready };
    const part = await startPart([batonMain, command, '--project', shopDir], options);
    parts.push(part);
    return part;
  };

  const send: Stack['send'] = async (method, path, { body, headers = {} } = {}) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  };
  const run: Stack['run'] = async (id) =>
    (await send('GET', `/v1/runs/${encodeURIComponent(id)}`)).body as RunView;
  const serviceUrl = (service: ShopService): string => urls[service] ?? '';

  return {
    project,
    embedded,
    apiUrl,
    send,
    run,
    startWorker: (more) => start('worker', 'the worker is up', more),
    startApi: (more) => start('api', 'the API is up', more),
    startDeliverer: () => start('deliver', 'the deliverer is up'),
    startService: async (service) => {
      const part = await startPart([`services/${service}/main.ts`], {
        cwd: shopDir,
        env: {
          ...env,
          BATON_API: apiUrl,
          PORT: new URL(serviceUrl(service)).port,
          DATABASE_URL: await ensureDatabase(embedded.databaseUrl, `shop_${service}`),
        },
        ready: '"ready"',
      });
      parts.push(part);
      return part;
    },
    untilRun: (id, isThere) =>
      persist(async () => {
        const view = await run(id);
        if (!isThere(view)) throw new Error(`not yet: ${JSON.stringify(view)}`);
        return view;
      }, 120_000),
    addFault: async (service, fault) => {
      const response = await fetch(`${serviceUrl(service)}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!response.ok) throw new Error(`${service} takes no such fault: ${await response.text()}`);
    },
    removeFaults: async (service) => {
      const { ok } = await fetch(`${serviceUrl(service)}/faults`, { method: 'DELETE' });
      if (!ok) throw new Error(`${service} keeps its faults`);
    },
    effects: async (orderId) => {
      const query = orderId === undefined ? '' : `?orderId=${encodeURIComponent(orderId)}`;
      const entries = await Promise.all(
        services.map(async (service) => {
          const response = await fetch(`${serviceUrl(service)}/effects${query}`);
          const { counts } = (await response.json()) as { counts: Record<string, number> };
          return [service, counts] as const;
        }),
      );
      return Object.fromEntries(entries) as Record<ShopService, Record<string, number>>;
    },
    close: async () => {
      await Promise.all(parts.map((part) => part.kill()));
      await embedded.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function without(catalogue: Catalogue, absent: ShopService | undefined): Catalogue {
  return Object.fromEntries(Object.entries(catalogue).filter(([name]) => name !== absent));
}

export function isClosed({ status }: RunView): boolean {
  return !['running', 'paused', 'stuck'].includes(status);
}
