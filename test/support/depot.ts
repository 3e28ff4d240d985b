import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll } from 'vitest';

import { freePort } from '../../src/dev/ports.ts';
import type { RunView } from '../../src/core/run-state.ts';
import { writeProject } from '../project/fixtures/project-folder.ts';
import { startTemporal, type TestTemporal } from '../temporal/start-temporal.ts';
import { batonMain, type Part, startPart } from './part.ts';
import { persist } from './persist.ts';

/** What the depot was asked for: the operation's path, and the trace context that came with it. */
interface Visit {
  readonly operation: string;
  readonly traceparent: string;
}

/** A small project of one service and one process, with a quick call, an undo and a decision, for the tests of a file. */
export interface Depot {
  readonly visits: readonly Visit[];
  readonly apiUrl: string;
  /** The next so many calls of an operation are answered with this status; 503 is worth another attempt, 422 is not. */
  failNext(operation: string, times: number, status?: number): void;
  startWorker(env?: Readonly<Record<string, string>>): Promise<Part>;
  startApi(env?: Readonly<Record<string, string>>): Promise<Part>;
  startDeliverer(env?: Readonly<Record<string, string>>): Promise<Part>;
  /** A request to the API; a body goes as JSON. */
  ask(method: 'GET' | 'POST', path: string, options?: AskOptions): Promise<Reply>;
  /** Waits until a run is so. */
  untilRun(id: string, isSo: (run: RunView) => boolean): Promise<RunView>;
}

interface AskOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const operations = ['look', 'take', 'put-back', 'load'];

const openapi = `
openapi: 3.1.0
info: { title: Depot, version: 1.0.0 }
paths:
${operations.map((name) => `  /${name}: { post: { operationId: ${name}, responses: { '200': { description: done } } } }`).join('\n')}
`;

const process = `
import { log } from '@temporalio/workflow';
import { call, decide, saga } from 'baton/workflows';

export async function move({ asks = false, holds = false, breaks = false }) {
  if (breaks) throw new TypeError('a bug of the process');
  await call('depot.look', {}, { step: 'look around' });
  return saga(async ({ step }) => {
    await step('take it', { run: () => call('depot.take'), undo: () => call('depot.put-back') });
    if (asks) await decide('approval', { deadline: '1 h', default: { approved: false } });
    log.info('about to load', { pieces: 1 });
    await step('load it', { run: () => call('depot.load'), onFailure: holds ? 'hold' : 'undo' });
    return { moved: true };
  });
}
`;

const files = (url: string): Readonly<Record<string, string | null>> => ({
  'services.yaml': `
services:
  depot:
    url: ${url}
    openapi: services/depot.yaml
    retry: { initialInterval: 50 ms }
    operations: { look: { quick: true }, take: {}, put-back: {}, load: {} }
`,
  'services/depot.yaml': openapi,
  'services/payment.yaml': null,
  'processes/pay-order.ts': null,
  'processes/pay-order.manifest.yaml': null,
  'processes/move.ts': process,
  'processes/move.manifest.yaml': `
title: Move a piece
input: { type: object, properties: { asks: { type: boolean }, holds: { type: boolean }, breaks: { type: boolean } } }
example: {}
decisions: { approval: { title: May it go?, schema: { type: object } } }
`,
});

/** Brings the project up for the tests of this file, with nothing of Baton's running yet. */
export function useDepot(): Depot {
  const visits: Visit[] = [];
  const faults = new Map<string, { left: number; status: number }>();
  const parts: Part[] = [];
  let server: Server | undefined;
  let temporal: TestTemporal | undefined;
  let start:
    ((command: string, ready: string, env: Readonly<Record<string, string>>) => Promise<Part>) | undefined;
  let apiUrl = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      const operation = request.url?.slice(1) ?? '';
      visits.push({ operation, traceparent: String(request.headers['traceparent']) });
      const fault = faults.get(operation);
      const isFault = fault !== undefined && fault.left > 0;
      if (isFault) fault.left -= 1;
      response
        .writeHead(isFault ? fault.status : 200, { 'content-type': 'application/json' })
        .end(isFault ? '{ "title": "The ramp is out of order" }' : '{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const dir = await writeProject(files(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    temporal = await startTemporal();
    const apiPort = await freePort('127.0.0.1');
    apiUrl = `http://127.0.0.1:${apiPort}`;
    const base = { TEMPORAL_ADDRESS: temporal.settings.address, BATON_PORT: String(apiPort) };
    start = async (command, ready, env) => {
      const part = await startPart([batonMain, command, '--project', dir], {
        cwd: dir,
        env: { ...base, ...env },
        ready,
      });
      parts.push(part);
      return part;
    };
  });
  afterAll(async () => {
    await Promise.all(parts.map((part) => part.kill()));
    await temporal?.stop();
    server?.close();
  });

  const started: NonNullable<typeof start> = (command, ready, env) => {
    if (start === undefined) throw new Error('the depot is open only while tests run');
    return start(command, ready, env);
  };
  const ask: Depot['ask'] = async (method, path, { body, headers = {} } = {}) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    visits,
    get apiUrl() {
      return apiUrl;
    },
    ask,
    untilRun: (id, isSo) =>
      persist(async () => {
        const run = (await ask('GET', `/v1/runs/${id}`)).body as RunView;
        if (!isSo(run)) throw new Error(`not yet: ${JSON.stringify(run)}`);
        return run;
      }),
    failNext: (operation, times, status = 503) => faults.set(operation, { left: times, status }),
    startWorker: (env = {}) => started('worker', 'the worker is up', env),
    startApi: (env = {}) => started('api', 'the API is up', env),
    startDeliverer: (env = {}) => started('deliver', 'the deliverer is up', env),
  };
}
