import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';

import type { ServiceDefinition } from '../../../../examples/shop/services/shared/service-definition.ts';
import { startService } from '../../../../examples/shop/services/shared/start-service.ts';
import { startPostgres } from '../../../support/postgres.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Asked {
  /** The Idempotency-Key; left out, a new one; `null` = none. */
  readonly key?: string | null;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A service under test, and what a caller does with it. */
export interface TestedService {
  readonly url: string;
  readonly databaseUrl: string;
  /** @param line method and path: `PUT /reservations/A-1` */
  ask(line: string, asked?: Asked): Promise<Reply>;
  /** How often each effect of an order happened. */
  counts(orderId: string): Promise<unknown>;
  addFault(fault: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Left out: no key is asked for, and no event leaves the outbox. */
interface StartOptions {
  readonly apiKey?: string;
  readonly eventsKey?: string;
  readonly batonApi?: string;
}

export interface ShopLab {
  start(definition: ServiceDefinition, options?: StartOptions): Promise<TestedService>;
  close(): Promise<void>;
}

/** PostgreSQL and real services on real ports, for the tests of one file. */
export async function openShopLab(): Promise<ShopLab> {
  const postgres = await startPostgres();
  const stops: (() => Promise<void>)[] = [];
  return {
    start: async (definition, { apiKey, eventsKey, batonApi }: StartOptions = {}) => {
      const databaseUrl = await postgres.createDatabase();
      const place = { host: '127.0.0.1', port: 0, databaseUrl, logLevel: 'silent' } as const;
      const settings = { ...place, apiKey, eventsKey, batonApi: batonApi ?? null };
      const service = await startService(definition, { settings, log: pino({ level: 'silent' }) });
      stops.push(() => service.stop());
      return testedService(service.url, databaseUrl);
    },
    close: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await postgres.stop();
    },
  };
}

/** One service for the tests of one file: up before the first of them, gone after the last. */
export function useShopService(definition: ServiceDefinition): TestedService {
  let lab: ShopLab | undefined;
  let started: TestedService | undefined;
  const use = (): TestedService => {
    if (started === undefined) throw new Error('the service is up only while tests run');
    return started;
  };
  beforeAll(async () => {
    lab = await openShopLab();
    started = await lab.start(definition);
  });
  afterAll(() => lab?.close());
  return {
    get url() {
      return use().url;
    },
    get databaseUrl() {
      return use().databaseUrl;
    },
    ask: async (line, asked) => use().ask(line, asked),
    counts: async (orderId) => use().counts(orderId),
    addFault: async (fault) => use().addFault(fault),
  };
}

export function testedService(url: string, databaseUrl: string): TestedService {
  const ask = async (line: string, { key, body, headers = {}, signal }: Asked = {}): Promise<Reply> => {
    const [method = '', path = ''] = line.split(' ');
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(key !== null && { 'Idempotency-Key': key ?? randomUUID() }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Reply['body']),
    };
  };
  return {
    url,
    databaseUrl,
    ask,
    counts: async (orderId) => (await ask(`GET /effects?orderId=${orderId}`)).body['counts'],
    addFault: async (fault) => {
      const { status, body } = await ask('POST /faults', { body: fault });
      if (status !== 201) throw new Error(`the fault was refused: ${JSON.stringify(body)}`);
    },
  };
}
